// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.JsonException;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;

/**
 * A JSON Web Key (RFC 7517).
 *
 * @param kid its name, or empty
 * @param alg the algorithm it is for, or empty
 */
record Jwk(String kid, String alg, Key key) {
  /** Reads a key or a set of keys; {@code secret} asks for the private part. */
  static List<Jwk> parse(String text, boolean secret) {
    Value v;
    try {
      v = Json.parse(text);
    } catch (JsonException e) {
      throw BuiltinException.failed("failed to parse a JWK key (set): " + e);
    }
    List<Jwk> out = new ArrayList<>();
    if (v instanceof RegoObject o && o.get("keys") instanceof RegoArray keys) {
      for (Value k : keys.items()) {
        out.add(one(k, secret));
      }
    } else {
      out.add(one(v, secret));
    }
    return out;
  }

  private static Jwk one(Value v, boolean secret) {
    if (!(v instanceof RegoObject o)) {
      throw BuiltinException.failed("failed to parse a JWK key (set): not an object");
    }
    try {
      Key key =
          switch (string(o, "kty")) {
            case "oct" -> new SecretKeySpec(bytes(o, "k"), "RAW");
            case "RSA" -> rsa(o, secret);
            case "EC" -> ec(o, secret);
            case "OKP" -> okp(o, secret);
            default ->
                throw BuiltinException.failed("failed to parse a JWK key (set): unknown kty");
          };
      return new Jwk(string(o, "kid"), string(o, "alg"), key);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw BuiltinException.failed("failed to parse a JWK key (set): " + e);
    }
  }

  private static Key rsa(RegoObject o, boolean secret) throws GeneralSecurityException {
    KeyFactory f = KeyFactory.getInstance("RSA");
    if (!secret) {
      return f.generatePublic(new RSAPublicKeySpec(number(o, "n"), number(o, "e")));
    }
    return f.generatePrivate(
        new RSAPrivateCrtKeySpec(
            number(o, "n"),
            number(o, "e"),
            number(o, "d"),
            number(o, "p"),
            number(o, "q"),
            number(o, "dp"),
            number(o, "dq"),
            number(o, "qi")));
  }

  private static Key ec(RegoObject o, boolean secret) throws GeneralSecurityException {
    String curve =
        switch (string(o, "crv")) {
          case "P-256" -> "secp256r1";
          case "P-384" -> "secp384r1";
          case "P-521" -> "secp521r1";
          default ->
              throw BuiltinException.failed("failed to parse a JWK key (set): unknown curve");
        };
    AlgorithmParameters p = AlgorithmParameters.getInstance("EC");
    p.init(new ECGenParameterSpec(curve));
    ECParameterSpec spec = p.getParameterSpec(ECParameterSpec.class);
    KeyFactory f = KeyFactory.getInstance("EC");
    return secret
        ? f.generatePrivate(new ECPrivateKeySpec(number(o, "d"), spec))
        : f.generatePublic(new ECPublicKeySpec(new ECPoint(number(o, "x"), number(o, "y")), spec));
  }

  private static Key okp(RegoObject o, boolean secret) throws GeneralSecurityException {
    KeyFactory f = KeyFactory.getInstance("Ed25519");
    if (secret) {
      return f.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, bytes(o, "d")));
    }
    byte[] x = bytes(o, "x").clone();
    boolean odd = (x[x.length - 1] & 0x80) != 0;
    x[x.length - 1] &= 0x7f;
    for (int i = 0; i < x.length / 2; i++) {
      byte t = x[i];
      x[i] = x[x.length - 1 - i];
      x[x.length - 1 - i] = t;
    }
    return f.generatePublic(
        new EdECPublicKeySpec(
            NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, x))));
  }

  /** A private RSA key as a JSON Web Key. */
  static Value of(RSAPrivateCrtKey k) {
    Map<Value, Value> out = new HashMap<>();
    out.put(RegoString.of("kty"), RegoString.of("RSA"));
    put(out, "n", k.getModulus());
    put(out, "e", k.getPublicExponent());
    put(out, "d", k.getPrivateExponent());
    put(out, "p", k.getPrimeP());
    put(out, "q", k.getPrimeQ());
    put(out, "dp", k.getPrimeExponentP());
    put(out, "dq", k.getPrimeExponentQ());
    put(out, "qi", k.getCrtCoefficient());
    return RegoObject.of(out);
  }

  private static void put(Map<Value, Value> out, String name, BigInteger n) {
    byte[] b = n.toByteArray();
    byte[] plain = b[0] == 0 && b.length > 1 ? java.util.Arrays.copyOfRange(b, 1, b.length) : b;
    out.put(
        RegoString.of(name),
        RegoString.of(Base64.getUrlEncoder().withoutPadding().encodeToString(plain)));
  }

  /** The keys for verifying with: a certificate or public key in PEM, or JSON Web Keys. */
  static List<Jwk> verifying(String text) {
    List<Pem.Block> blocks = Pem.blocks(text);
    if (blocks.isEmpty()) {
      return parse(text, false).stream()
          .filter(k -> k.alg.isEmpty() || Signatures.known(k.alg))
          .toList();
    }
    Pem.Block b = blocks.getFirst();
    if (!text.substring(b.end()).isBlank()) {
      throw BuiltinException.failed("extra data after a PEM certificate block");
    }
    PublicKey key =
        switch (b.type()) {
          case "CERTIFICATE" ->
              Certificates.parse(b.der(), "failed to parse a PEM certificate").getPublicKey();
          case "PUBLIC KEY" -> Keys.spki(b.der());
          default ->
              throw BuiltinException.failed("failed to extract a Key from the PEM certificate");
        };
    return List.of(new Jwk("", "", key));
  }

  private static String string(RegoObject o, String name) {
    return o.get(name) instanceof RegoString s ? s.value() : "";
  }

  private static byte[] bytes(RegoObject o, String name) {
    byte[] b = Base64.getUrlDecoder().decode(string(o, name));
    if (b.length == 0) {
      throw BuiltinException.failed("failed to parse a JWK key (set): no " + name);
    }
    return b;
  }

  private static BigInteger number(RegoObject o, String name) {
    return new BigInteger(1, bytes(o, name));
  }
}
