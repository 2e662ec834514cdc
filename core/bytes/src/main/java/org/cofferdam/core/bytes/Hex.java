// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes;

import java.util.HexFormat;

/** Lower-case hexadecimal, the only form in which the platform prints bytes. */
public final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();

  private Hex() {}

  public static String encode(byte[] bytes) {
    return FORMAT.formatHex(bytes);
  }

  /**
   * Decodes an even number of hexadecimal digits of either case.
   *
   * @throws MalformedEvidenceException on any other character or an odd count
   */
  public static byte[] decode(String text) {
    try {
      return FORMAT.parseHex(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedEvidenceException(
          "hex", "text", -1, "is not an even number of hexadecimal digits");
    }
  }
}
