// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images.build;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.cofferdam.workload.images.tar.TarEntry;
import org.cofferdam.workload.images.tar.TarReader;

/**
 * Reads the files of a Debian package. {@code dpkg-deb} undoes the compression (deb(5): xz or zstd,
 * which Java lacks); the archive inside is read here.
 */
final class DebFile {
  private static final long MAX_BYTES = 2L << 30;
  private static final int MAX_ENTRIES = 200_000;
  private static final Pattern MERGED = Pattern.compile("^(bin|sbin|lib|lib64)(?=/|$)");
  private static final int MAX_FILE = 512 << 20;

  /**
   * @param entry where and what
   * @param content of a file, empty otherwise
   */
  record Member(TarEntry entry, byte[] content) {}

  private DebFile() {}

  /** All members below one of {@code paths}, or all where it is empty; folders on the way too. */
  static Map<String, Member> read(Path deb, List<String> paths) throws IOException {
    Process process =
        new ProcessBuilder("dpkg-deb", "--fsys-tarfile", deb.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (InputStream in = new BufferedInputStream(process.getInputStream(), 1 << 16)) {
      process.getOutputStream().close();
      Map<String, Member> members = new LinkedHashMap<>();
      TarReader tar = new TarReader(in, MAX_BYTES, MAX_ENTRIES);
      for (Optional<TarEntry> e = tar.next(); e.isPresent(); e = tar.next()) {
        TarEntry entry = merged(e.get());
        if (wanted(entry, paths)) {
          byte[] content = entry.type() == TarEntry.Type.FILE ? tar.content(MAX_FILE) : new byte[0];
          members.put(entry.path(), new Member(entry, content));
        }
      }
      in.readAllBytes();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("dpkg-deb could not read " + deb);
      }
      return members;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Older packages still have files below /bin; Debian's file systems have all below /usr. */
  private static TarEntry merged(TarEntry e) {
    return new TarEntry(
        MERGED.matcher(e.path()).replaceFirst("usr/$0"),
        e.type(),
        e.mode(),
        e.uid(),
        e.gid(),
        e.size(),
        e.type() == TarEntry.Type.HARD_LINK
            ? MERGED.matcher(e.link()).replaceFirst("usr/$0")
            : e.link());
  }

  private static boolean wanted(TarEntry entry, List<String> paths) {
    String path = entry.path();
    return !path.isEmpty()
        && (paths.isEmpty()
            || paths.stream()
                .anyMatch(
                    p ->
                        path.equals(p)
                            || path.startsWith(p + "/")
                            || (entry.type() == TarEntry.Type.FOLDER && p.startsWith(path + "/"))));
  }
}
