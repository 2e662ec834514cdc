// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.firmware;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.tukaani.xz.LZMAInputStream;

/**
 * Decodes an LZMA stream with the 13-byte header of {@code .lzma} files, as UEFI's LZMA guided
 * section holds it: properties (1), dictionary size (4, LE), decoded size (8, LE, known).
 */
final class Lzma {
  /** More than any firmware volume. */
  static final int MAX_DECODED = 64 << 20;

  /** Room for a dictionary of {@link #MAX_DECODED} and the decoder's tables, in KiB. */
  private static final int MAX_MEMORY_KIB = 80 << 10;

  private Lzma() {}

  /**
   * @throws MalformedEvidenceException where the stream is cut short or inconsistent
   */
  static byte[] decode(byte[] stream) {
    ByteReader header = ByteReader.of("LZMA", stream);
    header.skip("properties and dictionary size", 5);
    long size = header.u64le("decoded size");
    if (size < 0 || size > MAX_DECODED) {
      throw header.malformed("decoded size", "is unknown or above " + MAX_DECODED);
    }
    try (LZMAInputStream in =
        new LZMAInputStream(new ByteArrayInputStream(stream), MAX_MEMORY_KIB)) {
      byte[] decoded = in.readNBytes((int) size);
      if (decoded.length != size || in.read() != -1) {
        throw header.malformed("stream", "does not decode to the size that it states");
      }
      return decoded;
    } catch (IOException e) {
      throw header.malformed("stream", "does not decode: " + e.getMessage());
    }
  }
}
