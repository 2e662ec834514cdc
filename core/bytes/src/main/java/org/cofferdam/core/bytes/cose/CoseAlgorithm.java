// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.cose;

import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SignatureAlgorithm;

/** Signature algorithms of RFC 9053 §2 and RFC 8230 that evidence uses. */
public enum CoseAlgorithm {
  ES256(-7, SignatureAlgorithm.ECDSA_P256_SHA256),
  ES384(-35, SignatureAlgorithm.ECDSA_P384_SHA384),
  ES512(-36, SignatureAlgorithm.ECDSA_P521_SHA512),
  PS256(-37, SignatureAlgorithm.RSA_PSS_SHA256),
  PS384(-38, SignatureAlgorithm.RSA_PSS_SHA384),
  PS512(-39, SignatureAlgorithm.RSA_PSS_SHA512);

  private final long id;
  private final SignatureAlgorithm scheme;

  CoseAlgorithm(long id, SignatureAlgorithm scheme) {
    this.id = id;
    this.scheme = scheme;
  }

  /**
   * @throws MalformedEvidenceException where the number is none of these
   */
  public static CoseAlgorithm of(String format, long id) {
    for (CoseAlgorithm algorithm : values()) {
      if (algorithm.id == id) {
        return algorithm;
      }
    }
    throw new MalformedEvidenceException(format, "alg", -1, "is " + id + ", which is not known");
  }

  public long id() {
    return id;
  }

  /**
   * The scheme to verify with. ECDSA is tied to the one curve of the same strength, stricter than
   * RFC 9053, as all evidence formats demand.
   */
  public SignatureAlgorithm scheme() {
    return scheme;
  }
}
