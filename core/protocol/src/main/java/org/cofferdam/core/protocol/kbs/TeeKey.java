// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.kbs;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * The public key that the guest made for this one attestation and that its evidence vouches for
 * ({@code tee-pubkey}): what a resource is encrypted to. Only these members are hashed; others are
 * dropped, as every peer does.
 */
public sealed interface TeeKey {

  /** Key agreement on one of the {@link Curve}s. */
  record Ec(Curve curve, ECPoint point) implements TeeKey {
    /** The only algorithm for such keys. */
    public static final String ALG = "ECDH-ES+A256KW";

    public Ec {
      if (!curve.has(point)) {
        throw new MalformedEvidenceException("tee-pubkey", "x, y", -1, "is no point of the curve");
      }
    }

    static Ec of(Curve curve, ECPublicKey key) {
      return new Ec(curve, key.getW());
    }
  }

  /** RSA-OAEP with SHA-256 in both places. */
  record Rsa(BigInteger modulus, BigInteger exponent) implements TeeKey {
    /** The only algorithm for such keys; RSA1_5 is refused. */
    public static final String ALG = "RSA-OAEP-256";

    private static final int LEAST_BITS = 2048;
    private static final int MOST_BITS = 8192;

    public Rsa {
      if (modulus.bitLength() < LEAST_BITS || modulus.bitLength() > MOST_BITS) {
        throw new MalformedEvidenceException(
            "tee-pubkey", "n", -1, "is not of " + LEAST_BITS + " to " + MOST_BITS + " bits");
      }
      if (!modulus.testBit(0)) {
        throw new MalformedEvidenceException("tee-pubkey", "n", -1, "is even");
      }
      if (!exponent.testBit(0) || exponent.bitLength() < 2 || exponent.bitLength() > 64) {
        throw new MalformedEvidenceException(
            "tee-pubkey", "e", -1, "is not odd, above 2 and of at most 64 bits");
      }
    }

    static Rsa of(RSAPublicKey key) {
      return new Rsa(key.getModulus(), key.getPublicExponent());
    }
  }

  /** The JWK as it is hashed and sent. */
  default Json.Obj toJson() {
    return switch (this) {
      case Ec key ->
          Json.object()
              .put("kty", "EC")
              .put("crv", key.curve().jwk())
              .put("alg", Ec.ALG)
              .put("x", Base64Text.url(key.curve().fixed(key.point().getAffineX())))
              .put("y", Base64Text.url(key.curve().fixed(key.point().getAffineY())))
              .build();
      case Rsa key ->
          Json.object()
              .put("kty", "RSA")
              .put("alg", Rsa.ALG)
              .put("n", Base64Text.url(unsigned(key.modulus())))
              .put("e", Base64Text.url(unsigned(key.exponent())))
              .build();
    };
  }

  /** The key for JCA. */
  default PublicKey toPublicKey() {
    try {
      return switch (this) {
        case Ec key ->
            KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(key.point(), key.curve().parameters()));
        case Rsa key ->
            KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(key.modulus(), key.exponent()));
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a checked key was not taken by this Java", e);
    }
  }

  /**
   * @throws MalformedEvidenceException where the key is of a kind, size or algorithm that is not
   *     taken, or no key at all
   */
  static TeeKey fromJson(Json json) {
    Json.Obj o = json.asObject("tee-pubkey");
    String alg = o.string("alg");
    return switch (o.string("kty")) {
      case "EC" -> {
        require(Ec.ALG, alg);
        Curve curve =
            Curve.ofJwk(o.string("crv"))
                .orElseThrow(
                    () -> new MalformedEvidenceException("tee-pubkey", "crv", -1, "is not known"));
        yield new Ec(curve, new ECPoint(coordinate("x", o, curve), coordinate("y", o, curve)));
      }
      case "RSA" -> {
        require(Rsa.ALG, alg);
        yield new Rsa(integer("n", o), integer("e", o));
      }
      default -> throw new MalformedEvidenceException("tee-pubkey", "kty", -1, "is not known");
    };
  }

  private static void require(String expected, String alg) {
    if (!expected.equals(alg)) {
      throw new MalformedEvidenceException("tee-pubkey", "alg", -1, "is not " + expected);
    }
  }

  private static BigInteger coordinate(String name, Json.Obj o, Curve curve) {
    byte[] bytes = Base64Text.fromUrl(name, o.string(name));
    if (bytes.length != curve.bytes()) {
      throw new MalformedEvidenceException(
          "tee-pubkey", name, -1, "is not of " + curve.bytes() + " bytes");
    }
    return new BigInteger(1, bytes);
  }

  private static BigInteger integer(String name, Json.Obj o) {
    byte[] bytes = Base64Text.fromUrl(name, o.string(name));
    // A leading zero would be dropped when the key is written again, and the hash would differ.
    if (bytes.length == 0 || bytes[0] == 0) {
      throw new MalformedEvidenceException(
          "tee-pubkey", name, -1, "is empty or begins with a zero byte");
    }
    return new BigInteger(1, bytes);
  }

  private static byte[] unsigned(BigInteger value) {
    byte[] twos = value.toByteArray();
    return twos[0] == 0 ? Arrays.copyOfRange(twos, 1, twos.length) : twos;
  }
}
