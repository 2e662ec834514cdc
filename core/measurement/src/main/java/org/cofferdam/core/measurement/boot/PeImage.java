// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.boot;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Digests;

/** The Authenticode hash of a PE32+ image, which UEFI firmware extends into PCR 4. */
public final class PeImage {
  private static final int DOS_SIGNATURE = 0x5a4d;
  private static final long PE_SIGNATURE = 0x4550;
  private static final int PE32_PLUS = 0x20b;
  private static final int SECURITY_DIRECTORY = 4;

  private PeImage() {}

  private record Section(long offset, long size) {}

  /**
   * SHA-256 over the image without its checksum, its certificate table entry and the certificates
   * (Windows Authenticode PE signature format, "Calculating the PE image hash").
   *
   * @throws org.cofferdam.core.bytes.MalformedEvidenceException where it is not a PE32+ image
   */
  public static byte[] authenticodeSha256(byte[] image) {
    return authenticode(image, "SHA-256");
  }

  /**
   * The same with another algorithm, by its name in Java.
   *
   * @throws org.cofferdam.core.bytes.MalformedEvidenceException where it is not a PE32+ image
   */
  public static byte[] authenticode(byte[] image, String algorithm) {
    ByteReader dos = ByteReader.of("PE", image);
    if (dos.u16le("DOS signature") != DOS_SIGNATURE) {
      throw dos.malformed("DOS signature", "is not MZ");
    }
    dos.skip("DOS header", 0x3c - 2);
    long headerOffset = dos.u32le("PE offset");
    ByteReader pe = ByteReader.of("PE", image);
    pe.skip("PE offset", headerOffset);
    if (pe.u32le("PE signature") != PE_SIGNATURE) {
      throw pe.malformed("PE signature", "is not PE");
    }
    pe.skip("machine", 2);
    int sections = pe.u16le("section count");
    pe.skip("time and symbols", 12);
    int optionalSize = pe.u16le("optional header size");
    pe.skip("characteristics", 2);
    int optional = pe.position();
    if (pe.u16le("optional header magic") != PE32_PLUS) {
      throw pe.malformed("optional header magic", "is not PE32+");
    }
    pe.skip("optional header", 60 - 2);
    long headersSize = pe.u32le("size of headers");
    int checksum = pe.position();
    pe.skip("checksum to directories", 108 - 64);
    long directories = pe.u32le("directory count");
    if (directories <= SECURITY_DIRECTORY || directories > 16) {
      throw pe.malformed("directory count", "does not hold a certificate table entry");
    }
    pe.skip("directories", 8L * SECURITY_DIRECTORY);
    int security = pe.position();
    pe.skip("certificate table offset", 4);
    long certificates = pe.u32le("certificate table size");

    ByteReader table = ByteReader.of("PE", image);
    table.skip("section table", optional + (long) optionalSize);
    List<Section> found = new ArrayList<>();
    for (int i = 0; i < sections; i++) {
      table.skip("section name, size and address", 16);
      long size = table.u32le("raw size");
      long offset = table.u32le("raw offset");
      table.skip("section", 16);
      if (size > 0) {
        found.add(new Section(offset, size));
      }
    }
    found.sort(Comparator.comparingLong(Section::offset));

    MessageDigest digest = Digests.start(algorithm);
    digest.update(image, 0, checksum);
    update(digest, image, checksum + 4L, security);
    update(digest, image, security + 8L, headersSize);
    long hashed = headersSize;
    for (Section section : found) {
      update(digest, image, section.offset(), section.offset() + section.size());
      hashed += section.size();
    }
    if (certificates > image.length - hashed) {
      throw table.malformed("certificate table size", "is larger than what follows the sections");
    }
    update(digest, image, hashed, image.length - certificates);
    return digest.digest();
  }

  private static void update(MessageDigest digest, byte[] image, long from, long to) {
    if (from > to || to > image.length) {
      throw new org.cofferdam.core.bytes.MalformedEvidenceException(
          "PE", "range", (int) Math.min(from, Integer.MAX_VALUE), "lies outside of the image");
    }
    digest.update(image, (int) from, (int) (to - from));
  }
}
