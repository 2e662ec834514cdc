// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.tpm;

import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SignatureAlgorithm;
import org.cofferdam.core.bytes.json.Json;

/**
 * TPMT_SIGNATURE (Part 2 §11.3.4): scheme 2, hash 2, then the signature.
 *
 * @param scheme {@link #RSASSA}, {@link #RSAPSS} or {@link #ECDSA}
 * @param hash of the scheme; also the hash of a quote's PCR digest
 * @param r of ECDSA, leading zeros may be missing; of RSA, the whole signature
 * @param s of ECDSA; empty for RSA
 */
public record TpmSignature(int scheme, TpmHash hash, Bytes r, Bytes s) {
  public static final int RSASSA = 0x0014;
  public static final int RSAPSS = 0x0016;
  public static final int ECDSA = 0x0018;

  private static final String FORMAT = "TPMT_SIGNATURE";

  /**
   * @throws MalformedEvidenceException on anything but one whole signature of these schemes
   */
  public static TpmSignature parse(Bytes encoded) {
    ByteReader reader = encoded.reader(FORMAT);
    int scheme = reader.u16be("sigAlg");
    if (scheme != RSASSA && scheme != RSAPSS && scheme != ECDSA) {
      throw reader.malformed("sigAlg", "is unknown: 0x%04x".formatted(scheme));
    }
    int id = reader.u16be("hash");
    TpmHash hash =
        TpmHash.ofId(id)
            .orElseThrow(() -> reader.malformed("hash", "is unknown: 0x%04x".formatted(id)));
    Bytes r = Tpm2b.read(reader, scheme == ECDSA ? "signatureR" : "sig", 1024);
    Bytes s = scheme == ECDSA ? Tpm2b.read(reader, "signatureS", 1024) : Bytes.EMPTY;
    reader.end("signature");
    return new TpmSignature(scheme, hash, r, s);
  }

  /**
   * The scheme, for a key on a curve of this many bytes.
   *
   * @param width 32 or 48 for ECDSA; not looked at for RSA
   * @throws MalformedEvidenceException where the hash is too weak (SHA-1) or does not fit
   */
  public SignatureAlgorithm algorithm(int width) {
    String name =
        switch (scheme) {
          case RSASSA -> "RSA_PKCS1_" + hash.name();
          case RSAPSS -> "RSA_PSS_" + hash.name();
          default -> "ECDSA_P" + width * 8 + "_" + hash.name();
        };
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      if (algorithm.name().equals(name)) {
        return algorithm;
      }
    }
    throw new MalformedEvidenceException(FORMAT, "hash", 2, name + " is not accepted");
  }

  /** The signature as {@link SignatureAlgorithm} wants it. */
  public byte[] value(int width) {
    return scheme == ECDSA
        ? Bytes.concat(padded(r, width), padded(s, width)).toArray()
        : r.toArray();
  }

  private static Bytes padded(Bytes number, int width) {
    if (number.length() > width) {
      throw new MalformedEvidenceException(FORMAT, "signature", -1, "does not fit the key's curve");
    }
    return Bytes.concat(Bytes.of(new byte[width - number.length()]), number);
  }

  /** Every field by its name in the specification. */
  public Json.Obj fields() {
    Json.Builder fields =
        Json.object().put("sigAlg", "%04x".formatted(scheme)).put("hash", hash.bank());
    return scheme == ECDSA
        ? fields.put("signatureR", r.hex()).put("signatureS", s.hex()).build()
        : fields.put("sig", r.hex()).build();
  }
}
