// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.verify;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.core.attestation.Document;

/** Reads what a command line names: a file, standard input, a directory, an archive, a URL. */
final class Inputs {
  private static final int MOST_BYTES = 64 << 20;
  private static final int MOST_FILES = 10_000;
  private static final int TAR_BLOCK = 512;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Inputs() {}

  /** The documents behind one name, in the order of their names. */
  static List<Document> read(String name, boolean network) {
    try {
      if (name.equals("-")) {
        return unpack("standard input", limited(System.in));
      }
      if (name.startsWith("https://") || name.startsWith("http://")) {
        return unpack(name, fetch(name, network));
      }
      Path path = Path.of(name);
      if (Files.isDirectory(path)) {
        return directory(path);
      }
      try (InputStream in = Files.newInputStream(path)) {
        return unpack(path.getFileName().toString(), limited(in));
      }
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.USAGE,
          "Cannot read " + name + ": " + e.getMessage() + ".",
          "Check the name and its permissions.",
          e);
    }
  }

  private static List<Document> directory(Path root) throws IOException {
    List<Document> documents = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.filter(Files::isRegularFile).sorted().limit(MOST_FILES).toList();
    }
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        documents.add(Document.of(root.relativize(file).toString(), limited(in)));
      }
    }
    if (documents.isEmpty()) {
      throw new IOException("the directory is empty");
    }
    return documents;
  }

  private static byte[] limited(InputStream in) throws IOException {
    byte[] content = in.readNBytes(MOST_BYTES + 1);
    if (content.length > MOST_BYTES) {
      throw new IOException("more than 64 MiB");
    }
    return content;
  }

  private static byte[] fetch(String url, boolean network) throws IOException {
    if (!network) {
      throw CommandException.usage(
          url + " needs the network, which --no-network forbids.", "Fetch it, and name the file.");
    }
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<InputStream> response =
          client.send(
              HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new IOException("the server answered " + response.statusCode());
        }
        return limited(body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** The files of a tar or zip archive, compressed or not; anything else is one document. */
  private static List<Document> unpack(String name, byte[] content) throws IOException {
    if (content.length > 4 && content[0] == 'P' && content[1] == 'K' && content[2] == 3) {
      return zip(content);
    }
    if (content.length > 2 && (content[0] & 0xff) == 0x1f && (content[1] & 0xff) == 0x8b) {
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
        return unpack(name, limited(in));
      }
    }
    boolean tar =
        content.length > TAR_BLOCK
            && content[257] == 'u'
            && content[258] == 's'
            && content[259] == 't'
            && content[260] == 'a'
            && content[261] == 'r';
    return tar ? tar(content) : List.of(Document.of(name, content));
  }

  private static List<Document> zip(byte[] content) throws IOException {
    List<Document> documents = new ArrayList<>();
    long total = 0;
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(content))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.isDirectory()) {
          byte[] file = limited(in);
          total += file.length;
          if (total > MOST_BYTES) {
            throw new IOException("more than 64 MiB");
          }
          documents.add(Document.of(entry.getName(), file));
        }
      }
    }
    return documents;
  }

  private static List<Document> tar(byte[] content) throws IOException {
    List<Document> documents = new ArrayList<>();
    int at = 0;
    while (at + TAR_BLOCK <= content.length && content[at] != 0) {
      String size = text(content, at + 124, 12).strip();
      if (!size.matches("[0-7]{1,11}")) {
        throw new IOException("the archive is damaged");
      }
      int length = (int) Math.min(Long.parseLong(size, 8), Integer.MAX_VALUE - TAR_BLOCK);
      byte type = content[at + 156];
      if (at + TAR_BLOCK + (long) length > content.length) {
        throw new IOException("the archive ends early");
      }
      if (type == '0' || type == 0) {
        byte[] file = new byte[length];
        System.arraycopy(content, at + TAR_BLOCK, file, 0, length);
        documents.add(Document.of(text(content, at, 100), file));
      }
      at += TAR_BLOCK + (length + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK;
    }
    return documents;
  }

  private static String text(byte[] content, int from, int length) {
    int end = from;
    while (end < from + length && content[end] != 0) {
      end++;
    }
    return new String(content, from, end - from, java.nio.charset.StandardCharsets.UTF_8);
  }
}
