// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.process.gramine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the machine as the root of a tree. Links are followed as the program would see
 * them: an absolute one starts at this root, and {@code ..} does not leave it.
 */
public final class DirectoryTree implements FileTree {
  private static final int MAX_LINKS = 40;

  /** The order of code points, in which names outside the BMP come last. */
  private static final Comparator<String> CODE_POINTS =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  private final Path root;

  public DirectoryTree(Path root) {
    this.root = root;
  }

  @Override
  public Optional<Kind> kind(String path) throws IOException {
    Path real = resolve(path, true);
    if (real == null || !Files.exists(real, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    if (Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(Kind.DIRECTORY);
    }
    boolean file = Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS) && Files.isReadable(real);
    return Optional.of(file ? Kind.FILE : Kind.OTHER);
  }

  @Override
  public boolean isLink(String path) throws IOException {
    Path real = resolve(path, false);
    return real != null && Files.isSymbolicLink(real);
  }

  @Override
  public List<String> list(String directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(required(directory))) {
      for (Path entry : entries) {
        names.add(entry.getFileName().toString());
      }
    }
    names.sort(CODE_POINTS);
    return names;
  }

  @Override
  public String sha256(String path) throws IOException {
    MessageDigest digest = Digests.start("SHA-256");
    try (InputStream in = Files.newInputStream(required(path), LinkOption.NOFOLLOW_LINKS)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return Hex.encode(digest.digest());
  }

  private Path required(String path) throws IOException {
    Path real = resolve(path, true);
    if (real == null) {
      throw new IOException(path + " is not there");
    }
    return real;
  }

  /** The machine's path without links in it; null where a component is missing or links loop. */
  private @Nullable Path resolve(String path, boolean followLast) throws IOException {
    Deque<String> left = new ArrayDeque<>(components(path));
    Path at = root;
    int links = 0;
    while (!left.isEmpty()) {
      String name = left.pop();
      if (name.equals("..")) {
        Path parent = at.getParent();
        at = at.equals(root) || parent == null ? root : parent;
        continue;
      }
      Path next = at.resolve(name);
      if (Files.isSymbolicLink(next) && (followLast || !left.isEmpty())) {
        if (++links > MAX_LINKS) {
          return null;
        }
        String target = Files.readSymbolicLink(next).toString();
        List<String> more = components(target);
        for (int i = more.size() - 1; i >= 0; i--) {
          left.push(more.get(i));
        }
        if (target.startsWith("/")) {
          at = root;
        }
      } else if (left.isEmpty() || Files.isDirectory(next, LinkOption.NOFOLLOW_LINKS)) {
        at = next;
      } else {
        return null;
      }
    }
    return at;
  }

  private static List<String> components(String path) {
    List<String> names = new ArrayList<>();
    for (String name : path.split("/", -1)) {
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return names;
  }
}
