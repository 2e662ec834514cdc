// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.kbs;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * The guest's side of the envelope: a key pair made for one attestation, which opens what the
 * broker answers.
 */
public final class TeeKeyPair {
  private final TeeKey teeKey;
  private final PrivateKey privateKey;

  private TeeKeyPair(TeeKey teeKey, PrivateKey privateKey) {
    this.teeKey = teeKey;
    this.privateKey = privateKey;
  }

  public static TeeKeyPair generate(Curve curve, SecureRandom random) {
    KeyPair pair = pair("EC", random, curve);
    return new TeeKeyPair(TeeKey.Ec.of(curve, (ECPublicKey) pair.getPublic()), pair.getPrivate());
  }

  /** An RSA key of 2048 bits, as the clients of the field make them. */
  public static TeeKeyPair generateRsa(SecureRandom random) {
    KeyPair pair = pair("RSA", random, null);
    return new TeeKeyPair(TeeKey.Rsa.of((RSAPublicKey) pair.getPublic()), pair.getPrivate());
  }

  /** A pair that is there already; the caller answers for the halves belonging together. */
  static TeeKeyPair of(TeeKey teeKey, PrivateKey privateKey) {
    return new TeeKeyPair(teeKey, privateKey);
  }

  public TeeKey publicKey() {
    return teeKey;
  }

  /**
   * Opens an answer.
   *
   * @throws MalformedEvidenceException where it is not for this key, was changed, or uses another
   *     algorithm than the one of this key; it does not say which
   */
  public SecretBytes open(ResourceJwe jwe) {
    Json.Obj header = jwe.header();
    String alg =
        switch (teeKey) {
          case TeeKey.Ec key -> TeeKey.Ec.ALG;
          case TeeKey.Rsa key -> TeeKey.Rsa.ALG;
        };
    if (!alg.equals(header.string("alg")) || !ResourceJwe.ENC.equals(header.string("enc"))) {
      throw new MalformedEvidenceException("JWE", "alg, enc", -1, "is not what this key is for");
    }
    try {
      Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
      gcm.init(
          Cipher.DECRYPT_MODE,
          contentKey(jwe),
          new GCMParameterSpec(8 * ResourceJwe.TAG_BYTES, jwe.iv()));
      gcm.updateAAD(jwe.protectedHeader().getBytes(StandardCharsets.US_ASCII));
      gcm.update(jwe.ciphertext());
      return SecretBytes.owning(gcm.doFinal(jwe.tag()));
    } catch (GeneralSecurityException e) {
      throw new MalformedEvidenceException("JWE", "ciphertext", -1, "cannot be opened");
    }
  }

  private SecretKey contentKey(ResourceJwe jwe) throws GeneralSecurityException {
    Cipher cipher;
    switch (teeKey) {
      case TeeKey.Ec key -> {
        TeeKey.Ec epk = ephemeral(jwe, key.curve());
        cipher = Cipher.getInstance("AES/KW/NoPadding");
        cipher.init(Cipher.UNWRAP_MODE, KeyAgreement256.wrappingKey(privateKey, epk.toPublicKey()));
      }
      case TeeKey.Rsa key -> {
        cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.UNWRAP_MODE, privateKey, JweSealer.oaep());
      }
    }
    Key key = cipher.unwrap(jwe.encryptedKey(), "AES", Cipher.SECRET_KEY);
    if (key.getEncoded().length != ResourceJwe.CONTENT_KEY_BYTES) {
      throw new MalformedEvidenceException("JWE", "encrypted_key", -1, "is of a wrong length");
    }
    return (SecretKey) key;
  }

  private static TeeKey.Ec ephemeral(ResourceJwe jwe, Curve curve) {
    Json.Obj epk = jwe.header().object("epk");
    Map<String, Json> withAlg = new LinkedHashMap<>(epk.members());
    withAlg.put("alg", Json.of(TeeKey.Ec.ALG));
    TeeKey key = TeeKey.fromJson(new Json.Obj(withAlg));
    if (key instanceof TeeKey.Ec ec && ec.curve() == curve) {
      return ec;
    }
    throw new MalformedEvidenceException("JWE", "epk", -1, "is not on the curve of this key");
  }

  private static KeyPair pair(String algorithm, SecureRandom random, @Nullable Curve curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (curve == null) {
        generator.initialize(2048, random);
      } else {
        generator.initialize(curve.generator(), random);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot make such a key", e);
    }
  }
}
