// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Map;
import javax.crypto.SecretKey;
import org.cofferdam.core.rego.BuiltinException;

/** The signature algorithms of JSON Web Signatures (RFC 7518). */
final class Signatures {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("RS256", "SHA256withRSA"),
          Map.entry("RS384", "SHA384withRSA"),
          Map.entry("RS512", "SHA512withRSA"),
          Map.entry("PS256", "RSASSA-PSS"),
          Map.entry("PS384", "RSASSA-PSS"),
          Map.entry("PS512", "RSASSA-PSS"),
          Map.entry("ES256", "SHA256withECDSAinP1363Format"),
          Map.entry("ES384", "SHA384withECDSAinP1363Format"),
          Map.entry("ES512", "SHA512withECDSAinP1363Format"),
          Map.entry("HS256", "HmacSHA256"),
          Map.entry("HS384", "HmacSHA384"),
          Map.entry("HS512", "HmacSHA512"),
          Map.entry("EdDSA", "Ed25519"));

  private Signatures() {}

  static boolean known(String alg) {
    return NAMES.containsKey(alg);
  }

  private static Signature signature(String alg) throws GeneralSecurityException {
    Signature s = Signature.getInstance(NAMES.getOrDefault(alg, alg));
    if (alg.startsWith("PS")) {
      String hash = "SHA-" + alg.substring(2);
      int salt = Integer.parseInt(alg.substring(2)) / 8;
      s.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), salt, 1));
    }
    return s;
  }

  private static boolean fits(String alg, Key key) {
    return switch (alg.substring(0, Math.min(2, alg.length()))) {
      case "RS", "PS" -> key.getAlgorithm().equals("RSA");
      case "ES" -> key.getAlgorithm().equals("EC");
      case "HS" -> key instanceof SecretKey;
      case "Ed" -> key.getAlgorithm().equals("EdDSA") || key.getAlgorithm().equals("Ed25519");
      default -> false;
    };
  }

  /** True where {@code signature} is one of {@code message} under {@code key}; never throws. */
  static boolean verify(String alg, Key key, byte[] message, byte[] signature) {
    if (!known(alg) || !fits(alg, key)) {
      return false;
    }
    if (key instanceof SecretKey) {
      return MessageDigest.isEqual(
          Hashes.mac(NAMES.getOrDefault(alg, ""), message, key.getEncoded()), signature);
    }
    if (key instanceof ECPublicKey ec && alg.startsWith("ES")) {
      int size = (ec.getParams().getCurve().getField().getFieldSize() + 7) / 8;
      if (signature.length != 2 * size) {
        return false;
      }
    }
    try {
      Signature s = signature(alg);
      s.initVerify((PublicKey) key);
      s.update(message);
      return s.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  static byte[] sign(String alg, Key key, byte[] message, SecureRandom random) {
    if (!fits(alg, key)) {
      throw BuiltinException.failed("failed to sign: the key does not fit " + alg);
    }
    if (key instanceof SecretKey) {
      return Hashes.mac(NAMES.getOrDefault(alg, ""), message, key.getEncoded());
    }
    try {
      Signature s = signature(alg);
      s.initSign((PrivateKey) key, random);
      s.update(message);
      return s.sign();
    } catch (GeneralSecurityException e) {
      throw BuiltinException.failed("failed to sign: " + e);
    }
  }
}
