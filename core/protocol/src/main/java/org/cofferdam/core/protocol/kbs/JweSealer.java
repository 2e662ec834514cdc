// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.kbs;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;

/**
 * The broker's side of the envelope. The members of the protected header are in the order {@code
 * alg}, {@code enc}, {@code epk} ({@code crv}, {@code kty}, {@code x}, {@code y}): guests write the
 * header again before they authenticate it, so that any other order cannot be opened.
 */
public final class JweSealer {
  private final SecureRandom random;

  public JweSealer(SecureRandom random) {
    this.random = random;
  }

  /**
   * Encrypts {@code resource} so that only the holder of {@code recipient}'s private key reads it.
   */
  public ResourceJwe seal(TeeKey recipient, SecretBytes resource) {
    byte[] contentKey = new byte[ResourceJwe.CONTENT_KEY_BYTES];
    byte[] iv = new byte[ResourceJwe.IV_BYTES];
    random.nextBytes(contentKey);
    random.nextBytes(iv);
    try {
      return switch (recipient) {
        case TeeKey.Ec key -> sealEc(key, ephemeral(key.curve()), contentKey, iv, resource);
        case TeeKey.Rsa key -> sealRsa(key, contentKey, iv, resource);
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java could not seal for a checked key", e);
    } finally {
      Arrays.fill(contentKey, (byte) 0);
    }
  }

  /** Everything random is given, for the golden vectors. */
  static ResourceJwe sealEc(
      TeeKey.Ec recipient, KeyPair ephemeral, byte[] contentKey, byte[] iv, SecretBytes resource)
      throws GeneralSecurityException {
    TeeKey.Ec epk = TeeKey.Ec.of(recipient.curve(), (ECPublicKey) ephemeral.getPublic());
    Json.Obj jwk = epk.toJson();
    Json header =
        Json.object()
            .put("alg", TeeKey.Ec.ALG)
            .put("enc", ResourceJwe.ENC)
            .put(
                "epk",
                Json.object()
                    .put("crv", jwk.require("crv"))
                    .put("kty", jwk.require("kty"))
                    .put("x", jwk.require("x"))
                    .put("y", jwk.require("y"))
                    .build())
            .build();
    Cipher wrap = Cipher.getInstance("AES/KW/NoPadding");
    wrap.init(
        Cipher.WRAP_MODE,
        KeyAgreement256.wrappingKey(ephemeral.getPrivate(), recipient.toPublicKey()));
    SecretKey key = new SecretKeySpec(contentKey, "AES");
    return encrypt(header, wrap.wrap(key), key, iv, resource);
  }

  private ResourceJwe sealRsa(
      TeeKey.Rsa recipient, byte[] contentKey, byte[] iv, SecretBytes resource)
      throws GeneralSecurityException {
    Json header = Json.object().put("alg", TeeKey.Rsa.ALG).put("enc", ResourceJwe.ENC).build();
    Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
    rsa.init(Cipher.ENCRYPT_MODE, recipient.toPublicKey(), oaep(), random);
    SecretKey key = new SecretKeySpec(contentKey, "AES");
    return encrypt(header, rsa.doFinal(contentKey), key, iv, resource);
  }

  /** Said in full: the JDK's default for the mask is SHA-1. */
  static OAEPParameterSpec oaep() {
    return new OAEPParameterSpec(
        "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
  }

  private KeyPair ephemeral(Curve curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(curve.generator(), random);
    return generator.generateKeyPair();
  }

  private static ResourceJwe encrypt(
      Json header, byte[] wrappedKey, SecretKey key, byte[] iv, SecretBytes resource)
      throws GeneralSecurityException {
    String protectedHeader = Base64Text.url(header.write().getBytes(StandardCharsets.UTF_8));
    Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
    gcm.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * ResourceJwe.TAG_BYTES, iv));
    gcm.updateAAD(protectedHeader.getBytes(StandardCharsets.US_ASCII));
    byte[] both = resource.lend(bytes -> finish(gcm, bytes));
    int length = both.length - ResourceJwe.TAG_BYTES;
    return new ResourceJwe(
        protectedHeader,
        wrappedKey,
        iv.clone(),
        Arrays.copyOf(both, length),
        Arrays.copyOfRange(both, length, both.length));
  }

  private static byte[] finish(Cipher gcm, byte[] bytes) {
    try {
      return gcm.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM failed to encrypt", e);
    }
  }
}
