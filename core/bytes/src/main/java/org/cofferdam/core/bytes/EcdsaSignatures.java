// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes;

/** Between the two encodings of an ECDSA signature. */
public final class EcdsaSignatures {
  private static final String FORMAT = "ECDSA-Sig-Value";

  private EcdsaSignatures() {}

  /**
   * From DER (RFC 3279 §2.2.3) to {@code r ‖ s} of fixed width.
   *
   * @param width bytes of each number: 32 for P-256, 48 for P-384, 66 for P-521
   * @throws MalformedEvidenceException where it is not strict DER or a number does not fit
   */
  public static byte[] fromDer(byte[] der, int width) {
    ByteReader reader = ByteReader.of(FORMAT, der);
    if (reader.u8("SEQUENCE") != 0x30) {
      throw reader.malformed("SEQUENCE", "tag is not 0x30");
    }
    ByteReader body = reader.slice("SEQUENCE", length(reader));
    reader.end("SEQUENCE");
    byte[] signature = new byte[2 * width];
    integer(body, "r", signature, 0, width);
    integer(body, "s", signature, width, width);
    body.end("s");
    return signature;
  }

  private static void integer(ByteReader body, String field, byte[] out, int at, int width) {
    if (body.u8(field) != 0x02) {
      throw body.malformed(field, "tag is not INTEGER");
    }
    byte[] number = body.bytes(field, length(body));
    if (number.length == 0 || number[0] < 0) {
      throw body.malformed(field, "is not a positive number");
    }
    boolean padded = number[0] == 0;
    if (padded && number.length > 1 && number[1] >= 0) {
      throw body.malformed(field, "is not the shortest form");
    }
    int from = padded ? 1 : 0;
    int length = number.length - from;
    if (length > width) {
      throw body.malformed(field, "is longer than " + width + " bytes");
    }
    System.arraycopy(number, from, out, at + width - length, length);
  }

  private static int length(ByteReader reader) {
    int first = reader.u8("length");
    if (first < 0x80) {
      return first;
    }
    int second = first == 0x81 ? reader.u8("length") : 0;
    if (second < 0x80) {
      throw reader.malformed("length", "is not the shortest form");
    }
    return second;
  }
}
