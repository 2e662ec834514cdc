// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.tpm;

import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.PublicKeyInfo;

/**
 * TPMT_PUBLIC (Part 2 §12.2.4) of an RSA or ECC key: type 2, nameAlg 2, objectAttributes 4,
 * authPolicy TPM2B, parameters, unique.
 *
 * @param encoded all of it: what the name is computed over
 * @param nameAlg hash of the name
 * @param attributes TPMA_OBJECT
 * @param authPolicy may be empty
 * @param symmetric TPM_ALG_ID of a storage key's cipher; 0x0010 (none) for signing keys
 * @param width bytes of one coordinate; 0 for RSA
 * @param spki the key as DER SubjectPublicKeyInfo
 */
public record TpmPublic(
    Bytes encoded,
    TpmHash nameAlg,
    long attributes,
    Bytes authPolicy,
    int symmetric,
    int width,
    Bytes spki) {
  private static final String FORMAT = "TPMT_PUBLIC";
  private static final int RSA = 0x0001;
  private static final int ECC = 0x0023;
  private static final int NONE = 0x0010;
  private static final int ECDAA = 0x001a;

  private static final int FIXED_TPM = 1;
  private static final int FIXED_PARENT = 4;
  private static final int SENSITIVE_DATA_ORIGIN = 5;
  private static final int RESTRICTED = 16;
  private static final int DECRYPT = 17;
  private static final int SIGN = 18;

  /**
   * @throws MalformedEvidenceException on anything but one whole public area of these types
   */
  public static TpmPublic parse(Bytes encoded) {
    ByteReader reader = encoded.reader(FORMAT);
    int type = reader.u16be("type");
    int nameAlg = reader.u16be("nameAlg");
    TpmHash hash =
        TpmHash.ofId(nameAlg)
            .filter(TpmHash::isComputable)
            .orElseThrow(
                () -> reader.malformed("nameAlg", "is unknown: 0x%04x".formatted(nameAlg)));
    long attributes = reader.u32be("objectAttributes");
    Bytes policy = Tpm2b.read(reader, "authPolicy", 64);
    int symmetric = reader.u16be("symmetric");
    if (symmetric != NONE) {
      reader.skip("symmetric.keyBits", 2);
      reader.skip("symmetric.mode", 2);
    }
    int scheme = reader.u16be("scheme");
    if (scheme != NONE) {
      reader.skip("scheme.hashAlg", 2);
      if (scheme == ECDAA) {
        reader.skip("scheme.count", 2);
      }
    }
    int width = 0;
    Bytes spki =
        switch (type) {
          case RSA -> rsa(reader);
          case ECC -> {
            int curve = reader.u16be("curveID");
            width =
                switch (curve) {
                  case 3 -> 32;
                  case 4 -> 48;
                  default ->
                      throw reader.malformed("curveID", "is unknown: 0x%04x".formatted(curve));
                };
            if (reader.u16be("kdf") != NONE) {
              reader.skip("kdf.hashAlg", 2);
            }
            yield PublicKeyInfo.ofPoint(
                Bytes.concat(coordinate(reader, "x", width), coordinate(reader, "y", width)));
          }
          default -> throw reader.malformed("type", "is unknown: 0x%04x".formatted(type));
        };
    reader.end("unique");
    return new TpmPublic(encoded, hash, attributes, policy, symmetric, width, spki);
  }

  /**
   * TPM2B_PUBLIC: a length of two bytes before the public area.
   *
   * @throws MalformedEvidenceException as {@link #parse}
   */
  public static TpmPublic parseSized(Bytes encoded) {
    ByteReader reader = encoded.reader("TPM2B_PUBLIC");
    Bytes area = Tpm2b.read(reader, "publicArea", 1024);
    reader.end("publicArea");
    return parse(area);
  }

  private static Bytes rsa(ByteReader reader) {
    int bits = reader.u16be("keyBits");
    long exponent = reader.u32be("exponent");
    Bytes modulus = Tpm2b.read(reader, "unique", 512);
    if (modulus.length() * 8 != bits || bits < 2048) {
      throw reader.malformed("unique", "is no modulus of " + bits + " bits, or too short");
    }
    Bytes e = Bytes.ofHex("%08x".formatted(exponent == 0 ? 65537 : exponent));
    return PublicKeyInfo.ofRsa(modulus, e);
  }

  private static Bytes coordinate(ByteReader reader, String field, int width) {
    Bytes number = Tpm2b.read(reader, "unique." + field, width);
    return Bytes.concat(Bytes.of(new byte[width - number.length()]), number);
  }

  /** nameAlg ‖ H(TPMT_PUBLIC) (Part 1 §16). */
  public Bytes name() {
    return Bytes.concat(Bytes.ofHex("%04x".formatted(nameAlg.id())), nameAlg.digest(encoded));
  }

  /**
   * True for a key that only signs what the TPM itself made, cannot leave the TPM, and was born
   * there: anything else can sign bytes that look like a quote.
   */
  public boolean isAttestationKey() {
    return has(FIXED_TPM)
        && has(FIXED_PARENT)
        && has(SENSITIVE_DATA_ORIGIN)
        && has(RESTRICTED)
        && has(SIGN)
        && !has(DECRYPT);
  }

  private boolean has(int bit) {
    return (attributes & (1L << bit)) != 0;
  }

  /** Every field by its name in the specification. */
  public Json.Obj fields() {
    return Json.object()
        .put("type", width == 0 ? "0001" : "0023")
        .put("nameAlg", nameAlg.bank())
        .put("objectAttributes", "%08x".formatted(attributes))
        .put("authPolicy", authPolicy.hex())
        .put("subjectPublicKeyInfo", spki.hex())
        .put("name", name().hex())
        .build();
  }
}
