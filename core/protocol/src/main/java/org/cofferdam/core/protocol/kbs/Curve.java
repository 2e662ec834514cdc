// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.kbs;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Optional;

/** The NIST curves that a guest's key may be on, by their JWK names. */
public enum Curve {
  /** What guests choose by default. */
  P256("P-256", "secp256r1", 32),
  /** Not sent by the clients known today. */
  P384("P-384", "secp384r1", 48),
  P521("P-521", "secp521r1", 66);

  private final String jwk;
  private final String jca;
  private final int bytes;

  Curve(String jwk, String jca, int bytes) {
    this.jwk = jwk;
    this.jca = jca;
    this.bytes = bytes;
  }

  public String jwk() {
    return jwk;
  }

  /** Length of one coordinate and of the shared secret. */
  public int bytes() {
    return bytes;
  }

  static Optional<Curve> ofJwk(String name) {
    for (Curve curve : values()) {
      if (curve.jwk.equals(name)) {
        return Optional.of(curve);
      }
    }
    return Optional.empty();
  }

  ECGenParameterSpec generator() {
    return new ECGenParameterSpec(jca);
  }

  ECParameterSpec parameters() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(generator());
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + jca, e);
    }
  }

  /**
   * Whether the point is on the curve. The cofactor is 1, so that a point on it is in the right
   * group: this is the whole check of SP 800-56A §5.6.2.3.
   */
  boolean has(ECPoint point) {
    ECParameterSpec spec = parameters();
    BigInteger p = ((ECFieldFp) spec.getCurve().getField()).getP();
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
      return false;
    }
    BigInteger right =
        x.pow(3).add(spec.getCurve().getA().multiply(x)).add(spec.getCurve().getB()).mod(p);
    return y.pow(2).mod(p).equals(right);
  }

  /** Big endian in exactly {@link #bytes()} bytes, leading zeros kept. */
  byte[] fixed(BigInteger value) {
    byte[] fixed = new byte[bytes];
    byte[] twos = value.toByteArray();
    int length = Math.min(twos.length, bytes);
    System.arraycopy(twos, twos.length - length, fixed, bytes - length, length);
    return fixed;
  }
}
