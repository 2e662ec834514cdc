// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.pod;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.services.guest.tar.TarEntry;
import org.cofferdam.services.guest.tar.TarReader;

/**
 * What the host put on the pod disk, read once into memory the host cannot change: a tar archive of
 * {@code initdata.toml}, {@code request.json}, {@code broker.json} and one OCI image layout under
 * {@code images/}. Nothing here is trusted; digests are computed while the bytes are copied.
 *
 * @param initData exact bytes
 * @param request what the control plane asks for
 * @param routing where the broker can be reached
 * @param blobs of the image layout by the hex digest in their <em>name</em>, which may lie
 */
public record PodDisk(byte[] initData, byte[] request, byte[] routing, Map<String, Blob> blobs) {
  private static final int LARGEST_DOCUMENT = 1 << 20;
  private static final String BLOBS = "images/blobs/sha256/";

  /**
   * @param in the disk, from its first byte
   * @param folder in memory, for the blobs
   * @param limit most bytes to read
   * @throws MalformedEvidenceException where the disk is not such an archive
   */
  public static PodDisk read(InputStream in, Path folder, long limit) throws IOException {
    TarReader tar = new TarReader(in, limit);
    Map<String, byte[]> documents = new LinkedHashMap<>();
    Map<String, Blob> blobs = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
      TarEntry entry = next.get();
      String name = name(entry);
      switch (entry.type()) {
        case DIRECTORY -> {}
        case FILE -> {
          if (!seen.add(name)) {
            throw malformed(entry, name, "is there twice");
          }
          if (name.startsWith(BLOBS)) {
            String digest = blobName(entry, name.substring(BLOBS.length()));
            blobs.put(digest, blob(tar, folder.resolve(digest)));
          } else if (!name.startsWith("images/")) {
            documents.put(name, document(tar, entry));
          }
        }
        default -> throw malformed(entry, name, "is neither a file nor a folder");
      }
    }
    return new PodDisk(
        require(documents, "initdata.toml"),
        require(documents, "request.json"),
        require(documents, "broker.json"),
        blobs);
  }

  private static String name(TarEntry entry) {
    String name = entry.name();
    while (name.startsWith("./")) {
      name = name.substring(2);
    }
    return name;
  }

  private static String blobName(TarEntry entry, String name) {
    boolean good = name.length() == 64;
    for (int i = 0; i < name.length(); i++) {
      good &= "0123456789abcdef".indexOf(name.charAt(i)) >= 0;
    }
    if (!good) {
      throw malformed(entry, "blob", "its name is not a SHA-256 digest");
    }
    return name;
  }

  private static Blob blob(TarReader tar, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      DigestingStream digesting = new DigestingStream(out);
      tar.copy(digesting);
      return new Blob(file, digesting.digest());
    }
  }

  private static byte[] document(TarReader tar, TarEntry entry) throws IOException {
    if (entry.size() > LARGEST_DOCUMENT) {
      throw malformed(entry, entry.name(), "is larger than a document may be");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream((int) entry.size());
    tar.copy(out);
    return out.toByteArray();
  }

  private static byte[] require(Map<String, byte[]> documents, String name) {
    byte[] document = documents.get(name);
    if (document == null) {
      throw new MalformedEvidenceException("pod disk", name, -1, "is missing");
    }
    return document;
  }

  private static MalformedEvidenceException malformed(
      TarEntry entry, String field, String problem) {
    return new MalformedEvidenceException("pod disk", field, entry.position(), problem);
  }
}
