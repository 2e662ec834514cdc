// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.kbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECPrivateKeySpec;
import java.util.Arrays;
import java.util.List;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Golden values were computed with Node's crypto; the envelope was opened there with {@code jose}.
 */
class ResourceJweTest {
  private static final String GOLDEN =
      """
      {"protected":"eyJhbGciOiJFQ0RILUVTK0EyNTZLVyIsImVuYyI6IkEyNTZHQ00iLCJlcGsiOnsiY3J2IjoiUC0yNTYiLCJrdHkiOiJFQyIsIngiOiJHajhyQm5BUjZCSEs0elZrOXdmMm1Ra0FjSkR4MV9HSTBtYVNESmg5WURjIiwieSI6ImN1UGFFSVhjUXFEOEFrTEtzWnp2c05ac2dIOVlnLWNwTzUtbmx1T2Njb3cifX0","encrypted_key":"tK2fb0QrY8g-IitsyrGVGF-2kevi3INiaJfUPF-Pgq4V4GzvArZzEA","iv":"IiIiIiIiIiIiIiIi","ciphertext":"dJhhL6W9-z6IEq1ZK9SMoQ","tag":"0M9M9NcnKojgdFWb6RItAg"}""";

  private final SecureRandom random = new SecureRandom();

  @Test
  void sealsTheGoldenVectorToTheByte() throws Exception {
    TeeKey.Ec epk =
        (TeeKey.Ec)
            TeeKey.fromJson(
                Json.parse(
                    """
                    {"kty":"EC","crv":"P-256","alg":"ECDH-ES+A256KW",
                     "x":"Gj8rBnAR6BHK4zVk9wf2mQkAcJDx1_GI0maSDJh9YDc",
                     "y":"cuPaEIXcQqD8AkLKsZzvsNZsgH9Yg-cpO5-nluOccow"}"""
                        .getBytes(StandardCharsets.UTF_8)));
    byte[] contentKey = new byte[32];
    Arrays.fill(contentKey, (byte) 0x11);
    byte[] iv = new byte[12];
    Arrays.fill(iv, (byte) 0x22);
    ResourceJwe jwe =
        JweSealer.sealEc(
            GoldenKey.key(),
            new KeyPair(
                epk.toPublicKey(), privateKey("dC5vFQlBgbI3B6PWtIT3NW-sxH6XgAA-wKpXV45xhts")),
            contentKey,
            iv,
            secret("cofferdam-secret"));
    assertThat(jwe.toJson().write()).isEqualTo(GOLDEN);
  }

  @Test
  void opensTheGoldenVector() throws Exception {
    TeeKeyPair pair =
        TeeKeyPair.of(GoldenKey.key(), privateKey("JivUNd2v93cCPUnzHiyl0RiM6CD8OvCELp2O1pCywcU"));
    assertThat(text(pair.open(ResourceJwe.fromJson(json(GOLDEN))))).isEqualTo("cofferdam-secret");
  }

  static List<TeeKeyPair> pairs() {
    SecureRandom random = new SecureRandom();
    return List.of(
        TeeKeyPair.generate(Curve.P256, random),
        TeeKeyPair.generate(Curve.P384, random),
        TeeKeyPair.generate(Curve.P521, random),
        TeeKeyPair.generateRsa(random));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyKeyTypeOpensWhatWasSealedForItAndNothingElseDoes(TeeKeyPair pair) {
    TeeKey key = TeeKey.fromJson(pair.publicKey().toJson());
    ResourceJwe jwe = new JweSealer(random).seal(key, secret("top"));
    ResourceJwe received = ResourceJwe.fromJson(json(jwe.toJson().write()));
    assertThat(text(pair.open(received))).isEqualTo("top");
    TeeKeyPair other =
        pair.publicKey() instanceof TeeKey.Ec ec
            ? TeeKeyPair.generate(ec.curve(), random)
            : TeeKeyPair.generateRsa(random);
    assertThatThrownBy(() -> other.open(received)).isInstanceOf(MalformedEvidenceException.class);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aChangedByteAnywhereIsNoticed(TeeKeyPair pair) {
    ResourceJwe jwe = new JweSealer(random).seal(pair.publicKey(), secret("top"));
    List<ResourceJwe> changed =
        List.of(
            new ResourceJwe(
                jwe.protectedHeader(),
                flip(jwe.encryptedKey()),
                jwe.iv(),
                jwe.ciphertext(),
                jwe.tag()),
            new ResourceJwe(
                jwe.protectedHeader(),
                jwe.encryptedKey(),
                flip(jwe.iv()),
                jwe.ciphertext(),
                jwe.tag()),
            new ResourceJwe(
                jwe.protectedHeader(),
                jwe.encryptedKey(),
                jwe.iv(),
                flip(jwe.ciphertext()),
                jwe.tag()),
            new ResourceJwe(
                jwe.protectedHeader(),
                jwe.encryptedKey(),
                jwe.iv(),
                jwe.ciphertext(),
                flip(jwe.tag())),
            new ResourceJwe(
                Base64Text.url((jwe.header().write() + " ").getBytes(StandardCharsets.UTF_8)),
                jwe.encryptedKey(),
                jwe.iv(),
                jwe.ciphertext(),
                jwe.tag()));
    for (ResourceJwe one : changed) {
      assertThatThrownBy(() -> pair.open(one)).isInstanceOf(MalformedEvidenceException.class);
    }
  }

  @Test
  void theHeaderHasTheOrderThatGuestsWriteAgain() {
    TeeKeyPair pair = TeeKeyPair.generate(Curve.P521, random);
    Json.Obj header = new JweSealer(random).seal(pair.publicKey(), secret("x")).header();
    assertThat(header.members().keySet()).containsExactly("alg", "enc", "epk");
    assertThat(header.object("epk").members().keySet()).containsExactly("crv", "kty", "x", "y");
  }

  @Test
  void anotherAlgorithmThanTheKeysIsNotTried() {
    TeeKeyPair pair = TeeKeyPair.generate(Curve.P256, random);
    ResourceJwe jwe = new JweSealer(random).seal(pair.publicKey(), secret("x"));
    String header = jwe.header().write().replace("ECDH-ES+A256KW", "dir");
    ResourceJwe confused =
        new ResourceJwe(
            Base64Text.url(header.getBytes(StandardCharsets.UTF_8)),
            jwe.encryptedKey(),
            jwe.iv(),
            jwe.ciphertext(),
            jwe.tag());
    assertThatThrownBy(() -> pair.open(confused)).hasMessageContaining("alg, enc");
  }

  private static PrivateKey privateKey(String d) throws Exception {
    return KeyFactory.getInstance("EC")
        .generatePrivate(
            new ECPrivateKeySpec(
                new BigInteger(1, Base64Text.fromUrl("d", d)), Curve.P256.parameters()));
  }

  private static byte[] flip(byte[] bytes) {
    byte[] changed = bytes.clone();
    changed[changed.length / 2] ^= 1;
    return changed;
  }

  private static Json json(String text) {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static SecretBytes secret(String text) {
    return SecretBytes.owning(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(SecretBytes secret) {
    return secret.lend(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }
}
