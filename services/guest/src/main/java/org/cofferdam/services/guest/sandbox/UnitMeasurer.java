// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;

/**
 * Sends the device what the unit will run: init-data, request, and every entry of the private root
 * with the very bytes that the program will find there. Each entry's name is its kind, mode in
 * octal digits, owner, group, path and link target, with NUL between them.
 */
final class UnitMeasurer {
  private final DevelopmentDevice device;

  UnitMeasurer(DevelopmentDevice device) {
    this.device = device;
  }

  void document(String name, byte[] content) throws IOException {
    device.add(name);
    device.content(new ByteArrayInputStream(content));
  }

  /** What could not be loaded leaves its mark, so that the evidence is of nothing that is known. */
  void unreadable(String problem) throws IOException {
    device.add("unreadable\0" + problem.substring(0, Math.min(problem.length(), 1000)));
  }

  /** All entries of a root; says the digest of each file, hex, by its path. */
  Map<String, String> root(PrivateRoot root) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    for (Path entry : root.entries()) {
      String path = "/" + root.path().relativize(entry);
      boolean link = Files.isSymbolicLink(entry);
      boolean folder = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
      device.add(
          String.join(
              "\0",
              link ? "link" : folder ? "folder" : "file",
              Integer.toOctalString(attribute(entry, "mode") & 07777),
              Integer.toString(attribute(entry, "uid")),
              Integer.toString(attribute(entry, "gid")),
              path,
              link ? Files.readSymbolicLink(entry).toString() : ""));
      if (!link && !folder) {
        MessageDigest sha256 = Digests.start("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(entry), sha256)) {
          device.content(in);
        }
        files.put(path, Hex.encode(sha256.digest()));
      }
    }
    return files;
  }

  private static int attribute(Path entry, String name) throws IOException {
    return (Integer) Files.getAttribute(entry, "unix:" + name, LinkOption.NOFOLLOW_LINKS);
  }
}
