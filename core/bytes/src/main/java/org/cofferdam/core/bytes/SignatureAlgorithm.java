// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes;

/**
 * The signature schemes of the formats. ECDSA signatures are {@code r ‖ s}, big endian, each as
 * wide as the curve's order (IEEE P1363); {@link EcdsaSignatures} converts from DER. RSA-PSS has
 * MGF1 with the same hash and a salt as long as the hash.
 */
public enum SignatureAlgorithm {
  ECDSA_P256_SHA256("SHA256withECDSAinP1363Format", "EC", 32),
  ECDSA_P256_SHA384("SHA384withECDSAinP1363Format", "EC", 32),
  ECDSA_P384_SHA256("SHA256withECDSAinP1363Format", "EC", 48),
  ECDSA_P384_SHA384("SHA384withECDSAinP1363Format", "EC", 48),
  ECDSA_P521_SHA512("SHA512withECDSAinP1363Format", "EC", 66),
  RSA_PKCS1_SHA256("SHA256withRSA", "RSA", 0),
  RSA_PKCS1_SHA384("SHA384withRSA", "RSA", 0),
  RSA_PKCS1_SHA512("SHA512withRSA", "RSA", 0),
  RSA_PSS_SHA256("SHA-256", "RSA", 0),
  RSA_PSS_SHA384("SHA-384", "RSA", 0),
  RSA_PSS_SHA512("SHA-512", "RSA", 0),
  ED25519("Ed25519", "Ed25519", 0);

  private final String jcaName;
  private final String keyType;
  private final int width;

  SignatureAlgorithm(String jcaName, String keyType, int width) {
    this.jcaName = jcaName;
    this.keyType = keyType;
    this.width = width;
  }

  /** Name of the signature in the JCA; for RSA-PSS, of its hash. */
  public String jcaName() {
    return jcaName;
  }

  /** Name of the key factory in the JCA. */
  public String keyType() {
    return keyType;
  }

  /** Bytes of each of r and s; 0 where the scheme is not ECDSA. */
  public int width() {
    return width;
  }

  public boolean isPss() {
    return this == RSA_PSS_SHA256 || this == RSA_PSS_SHA384 || this == RSA_PSS_SHA512;
  }
}
