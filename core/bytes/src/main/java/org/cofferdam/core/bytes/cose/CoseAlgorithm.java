// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.cose;

import org.cofferdam.core.bytes.MalformedEvidenceException;

/** Signature algorithms of RFC 9053 §2 and RFC 8230 that evidence uses. */
public enum CoseAlgorithm {
  ES256(-7, "SHA-256", 32),
  ES384(-35, "SHA-384", 48),
  ES512(-36, "SHA-512", 66),
  PS256(-37, "SHA-256", 0),
  PS384(-38, "SHA-384", 0),
  PS512(-39, "SHA-512", 0);

  private final long id;
  private final String hash;
  private final int coordinate;

  CoseAlgorithm(long id, String hash, int coordinate) {
    this.id = id;
    this.hash = hash;
    this.coordinate = coordinate;
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

  /** JCA name of the hash. */
  public String hash() {
    return hash;
  }

  public boolean isEcdsa() {
    return coordinate > 0;
  }

  /**
   * ECDSA: bytes of r, of s and of a coordinate of the one curve that this product allows with it.
   */
  public int coordinateLength() {
    return coordinate;
  }
}
