// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.x509;

import java.math.BigInteger;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.der.DerElement;
import org.cofferdam.core.bytes.der.DerReader;

/** SubjectPublicKeyInfo (RFC 5280 §4.1.2.7): made from raw keys, and asked for its curve. */
public final class PublicKeyInfo {
  public static final String P256 = "1.2.840.10045.3.1.7";
  public static final String P384 = "1.3.132.0.34";
  public static final String P521 = "1.3.132.0.35";

  private static final String FORMAT = "SubjectPublicKeyInfo";
  private static final String EC = "1.2.840.10045.2.1";
  private static final Bytes P256_PREFIX =
      Bytes.ofHex("3059301306072a8648ce3d020106082a8648ce3d030107034200" + "04");
  private static final Bytes P384_PREFIX =
      Bytes.ofHex("3076301006072a8648ce3d020106052b81040022036200" + "04");
  private static final Bytes P521_PREFIX =
      Bytes.ofHex("30819b301006072a8648ce3d020106052b8104002303818600" + "04");
  private static final Bytes ED25519_PREFIX = Bytes.ofHex("302a300506032b6570032100");
  private static final Bytes RSA_ALGORITHM = Bytes.ofHex("300d06092a864886f70d0101010500");

  private PublicKeyInfo() {}

  /**
   * From a point {@code x ‖ y}, big endian, 32, 48 or 66 bytes each. Whether it lies on the curve
   * is looked at when a signature is verified with it.
   */
  public static Bytes ofPoint(Bytes xy) {
    return switch (xy.length()) {
      case 64 -> Bytes.concat(P256_PREFIX, xy);
      case 96 -> Bytes.concat(P384_PREFIX, xy);
      case 132 -> Bytes.concat(P521_PREFIX, xy);
      default ->
          throw new MalformedEvidenceException(
              FORMAT, "point", -1, "has " + xy.length() + " bytes, which fits no curve");
    };
  }

  /** From an Ed25519 public key, 32 bytes (RFC 8410 §4). */
  public static Bytes ofEd25519(Bytes key) {
    if (key.length() != 32) {
      throw new MalformedEvidenceException(FORMAT, "key", -1, "has not 32 bytes");
    }
    return Bytes.concat(ED25519_PREFIX, key);
  }

  /** From an RSA modulus and public exponent, both unsigned and big endian. */
  public static Bytes ofRsa(Bytes modulus, Bytes exponent) {
    Bytes key = tlv(DerElement.SEQUENCE, Bytes.concat(integer(modulus), integer(exponent)));
    Bytes bits = tlv(DerElement.BIT_STRING, Bytes.concat(Bytes.ofHex("00"), key));
    return tlv(DerElement.SEQUENCE, Bytes.concat(RSA_ALGORITHM, bits));
  }

  /**
   * The same key, where it is written in the one way that DER has for RSA and for the curves here.
   * Providers read others too; a key that has two encodings would have two fingerprints.
   *
   * @throws MalformedEvidenceException on any other encoding
   */
  public static Bytes requireCanonical(Bytes spki) {
    Bytes raw = rawKey(spki);
    Bytes rebuilt;
    if (curve(spki).isEmpty()) {
      DerReader key = DerReader.single(FORMAT, raw).expect(DerElement.SEQUENCE).children();
      Bytes modulus = key.next("modulus", DerElement.INTEGER).content();
      rebuilt = ofRsa(modulus, key.next("publicExponent", DerElement.INTEGER).content());
    } else {
      rebuilt = ofPoint(raw.slice(Math.min(1, raw.length()), raw.length()));
    }
    if (!rebuilt.equals(spki)) {
      throw new MalformedEvidenceException(FORMAT, "key", -1, "is not in its one DER form");
    }
    return spki;
  }

  /** OID of the named curve; empty where the key is not on one. */
  public static String curve(Bytes spki) {
    DerReader algorithm =
        DerReader.single(FORMAT, spki).expect(DerElement.SEQUENCE).children().sequence("algorithm");
    return algorithm.next("algorithm").oid().equals(EC) ? algorithm.next("curve").oid() : "";
  }

  /** The raw key: content of the BIT STRING; for EC {@code 04 ‖ x ‖ y}. */
  public static Bytes rawKey(Bytes spki) {
    DerReader reader = DerReader.single(FORMAT, spki).expect(DerElement.SEQUENCE).children();
    reader.sequence("algorithm");
    Bytes key = reader.next("subjectPublicKey").bitOctets();
    reader.end("subjectPublicKey");
    return key;
  }

  private static Bytes integer(Bytes unsigned) {
    return tlv(DerElement.INTEGER, Bytes.of(new BigInteger(1, unsigned.toArray()).toByteArray()));
  }

  private static Bytes tlv(int tag, Bytes content) {
    int length = content.length();
    String header =
        length < 0x80
            ? "%02x%02x".formatted(tag, length)
            : length < 0x100
                ? "%02x81%02x".formatted(tag, length)
                : "%02x82%04x".formatted(tag, length);
    return Bytes.concat(Bytes.ofHex(header), content);
  }
}
