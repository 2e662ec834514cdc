// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.sigstruct;

import java.math.BigInteger;
import java.util.Arrays;
import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.json.Json;

/**
 * SIGSTRUCT, 1808 bytes, integers little-endian (SDM vol. 3D §38.13): HEADER 16@0, VENDOR 4@16,
 * DATE 4@20 (BCD), HEADER2 16@24, SWDEFINED 4@40, MODULUS 384@128, EXPONENT 4@512, SIGNATURE
 * 384@516, MISCSELECT 4@900, MISCMASK 4@904, ISVFAMILYID 16@912, ATTRIBUTES 16@928, ATTRIBUTEMASK
 * 16@944, ENCLAVEHASH 32@960, ISVEXTPRODID 16@1008, ISVPRODID 2@1024, ISVSVN 2@1026, Q1 384@1040,
 * Q2 384@1424. What lies between must be zero, but for the CET attributes 2@908.
 *
 * @param date {@code YYYY-MM-DD}; the digits are not checked to be a day of the calendar
 */
public record Sigstruct(
    Bytes encoded,
    Bytes vendor,
    String date,
    Bytes swDefined,
    Bytes modulus,
    Bytes signature,
    Bytes miscSelect,
    Bytes miscMask,
    Bytes cetAttributes,
    Bytes isvFamilyId,
    Bytes attributes,
    Bytes attributeMask,
    Bytes mrEnclave,
    Bytes isvExtProdId,
    int isvProdId,
    int isvSvn,
    Bytes q1,
    Bytes q2) {
  public static final int SIZE = 1808;

  private static final Bytes HEADER = Bytes.ofHex("06000000e10000000000010000000000");
  private static final Bytes HEADER2 = Bytes.ofHex("01010000600000006000000001000000");

  /** DigestInfo of SHA-256 (RFC 8017 §9.2, note 1). */
  private static final byte[] DIGEST_INFO = Hex.decode("3031300d060960864801650304020105000420");

  /**
   * @throws org.cofferdam.core.bytes.MalformedEvidenceException where the length, a constant or a
   *     reserved byte is not as the hardware demands
   */
  public static Sigstruct parse(byte[] input) {
    ByteReader in = ByteReader.of("SIGSTRUCT", input);
    constant(in, "HEADER", HEADER);
    Bytes vendor = Bytes.of(in.bytes("VENDOR", 4));
    String date = date(in);
    constant(in, "HEADER2", HEADER2);
    Bytes swDefined = Bytes.of(in.bytes("SWDEFINED", 4));
    zero(in, "reserved at 44", 84);
    Bytes modulus = Bytes.of(in.bytes("MODULUS", 384));
    if (in.u32le("EXPONENT") != 3) {
      throw in.malformed("EXPONENT", "is not 3");
    }
    Bytes signature = Bytes.of(in.bytes("SIGNATURE", 384));
    Bytes miscSelect = Bytes.of(in.bytes("MISCSELECT", 4));
    Bytes miscMask = Bytes.of(in.bytes("MISCMASK", 4));
    Bytes cet = Bytes.of(in.bytes("CET attributes", 2));
    zero(in, "reserved at 910", 2);
    Bytes family = Bytes.of(in.bytes("ISVFAMILYID", 16));
    Bytes attributes = Bytes.of(in.bytes("ATTRIBUTES", 16));
    Bytes attributeMask = Bytes.of(in.bytes("ATTRIBUTEMASK", 16));
    Bytes mrEnclave = Bytes.of(in.bytes("ENCLAVEHASH", 32));
    zero(in, "reserved at 992", 16);
    Bytes extProdId = Bytes.of(in.bytes("ISVEXTPRODID", 16));
    int prodId = in.u16le("ISVPRODID");
    int svn = in.u16le("ISVSVN");
    zero(in, "reserved at 1028", 12);
    Bytes q1 = Bytes.of(in.bytes("Q1", 384));
    Bytes q2 = Bytes.of(in.bytes("Q2", 384));
    in.end("Q2");
    return new Sigstruct(
        Bytes.of(input),
        vendor,
        date,
        swDefined,
        modulus,
        signature,
        miscSelect,
        miscMask,
        cet,
        family,
        attributes,
        attributeMask,
        mrEnclave,
        extProdId,
        prodId,
        svn,
        q1,
        q2);
  }

  /** SHA-256 of the modulus as it is stored. */
  public Bytes mrSigner() {
    return modulus.sha256();
  }

  /** Bit {@code n} of ATTRIBUTES.FLAGS. */
  public boolean flag(int n) {
    return (attributes.at(n / 8) & (1 << (n % 8))) != 0;
  }

  /** The bytes that the signature covers: [0, 128) and [900, 1028). */
  public byte[] signed() {
    byte[] all = encoded.toArray();
    byte[] signed = new byte[256];
    System.arraycopy(all, 0, signed, 0, 128);
    System.arraycopy(all, 900, signed, 128, 128);
    return signed;
  }

  /**
   * Whether the signature verifies as EINIT does it: RSASSA-PKCS1-v1_5 with SHA-256 and exponent 3,
   * and Q1 and Q2 are the quotients that belong to it.
   */
  public boolean signatureVerifies() {
    BigInteger n = number(modulus);
    BigInteger s = number(signature);
    if (n.bitLength() != 3072 || s.compareTo(n) >= 0) {
      return false;
    }
    BigInteger[] square = s.multiply(s).divideAndRemainder(n);
    BigInteger[] cube = s.multiply(square[1]).divideAndRemainder(n);
    return cube[1].equals(new BigInteger(1, padded(Digests.sha256(signed()))))
        && square[0].equals(number(q1))
        && cube[0].equals(number(q2));
  }

  /** Every field by its name in the manual; bytes as they are stored. */
  public Json.Obj fields() {
    return Json.object()
        .put("vendor", vendor.hex())
        .put("date", date)
        .put("swDefined", swDefined.hex())
        .put("miscSelect", miscSelect.hex())
        .put("miscMask", miscMask.hex())
        .put("cetAttributes", cetAttributes.hex())
        .put("isvFamilyId", isvFamilyId.hex())
        .put("attributes", attributes.hex())
        .put("attributeMask", attributeMask.hex())
        .put("mrenclave", mrEnclave.hex())
        .put("mrsigner", mrSigner().hex())
        .put("isvExtProdId", isvExtProdId.hex())
        .put("isvProdId", isvProdId)
        .put("isvSvn", isvSvn)
        .put("debug", flag(1))
        .build();
  }

  private static byte[] padded(byte[] digest) {
    byte[] block = new byte[384];
    block[1] = 1;
    int tail = DIGEST_INFO.length + digest.length;
    Arrays.fill(block, 2, block.length - tail - 1, (byte) 0xff);
    System.arraycopy(DIGEST_INFO, 0, block, block.length - tail, DIGEST_INFO.length);
    System.arraycopy(digest, 0, block, block.length - digest.length, digest.length);
    return block;
  }

  private static BigInteger number(Bytes littleEndian) {
    byte[] bytes = littleEndian.toArray();
    for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
      byte swap = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = swap;
    }
    return new BigInteger(1, bytes);
  }

  private static String date(ByteReader in) {
    long bcd = in.u32le("DATE");
    String digits = "%08x".formatted(bcd);
    if (!digits.matches("[0-9]{8}")) {
      throw in.malformed("DATE", "is not binary-coded decimal: " + digits);
    }
    return digits.substring(0, 4) + "-" + digits.substring(4, 6) + "-" + digits.substring(6);
  }

  private static void constant(ByteReader in, String field, Bytes value) {
    if (!Bytes.of(in.bytes(field, value.length())).equals(value)) {
      throw in.malformed(field, "is not " + value.hex());
    }
  }

  private static void zero(ByteReader in, String field, int length) {
    for (byte b : in.bytes(field, length)) {
      if (b != 0) {
        throw in.malformed(field, "is not zero");
      }
    }
  }
}
