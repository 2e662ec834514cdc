// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import org.cofferdam.core.protocol.kbs.Base64Text;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminTokensTest {
  private static final String HEADER = "{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}";
  private static final long NOW = 1_800_000_000;

  private KeyPair pair;
  private AdminTokens tokens;

  @BeforeEach
  void keys() throws Exception {
    pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    tokens = new AdminTokens(pair.getPublic(), InstantSource.fixed(Instant.ofEpochSecond(NOW)));
  }

  @Test
  void anAdministratorIsKnownByName() throws Exception {
    assertThat(
            tokens.actor(token(HEADER, "{\"sub\":\"ada\",\"role\":\"admin\",\"exp\":1800000060}")))
        .contains("ada");
    assertThat(tokens.actor(token(HEADER, "{\"exp\":1800000060}"))).contains("admin");
  }

  @Test
  void aTokenNeedsAnEndThatHasNotCome() throws Exception {
    assertThat(tokens.actor(token(HEADER, "{\"sub\":\"ada\"}"))).isEmpty();
    assertThat(tokens.actor(token(HEADER, "{\"exp\":1800000000}"))).isEmpty();
    assertThat(tokens.actor(token(HEADER, "{\"exp\":\"1800000060\"}"))).isEmpty();
    assertThat(tokens.actor(token(HEADER, "{\"exp\":1800000060,\"nbf\":1800000030}"))).isEmpty();
  }

  @Test
  void anotherRoleIsNotEnough() throws Exception {
    assertThat(tokens.actor(token(HEADER, "{\"role\":\"reader\",\"exp\":1800000060}"))).isEmpty();
  }

  @Test
  void noOtherAlgorithmIsTaken() throws Exception {
    String good = "{\"exp\":1800000060}";
    assertThat(tokens.actor(token("{\"alg\":\"none\"}", good))).isEmpty();
    assertThat(tokens.actor(token("{\"alg\":\"HS256\"}", good))).isEmpty();
    assertThat(tokens.actor(token("{\"alg\":\"EdDSA\",\"jwk\":{}}", good))).isEmpty();
    assertThat(tokens.actor(token("{\"alg\":\"EdDSA\",\"crit\":[\"x\"]}", good))).isEmpty();
  }

  @Test
  void aTokenOfAnotherKeyIsNotGood() throws Exception {
    KeyPair own = pair;
    pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    String foreign = token(HEADER, "{\"exp\":1800000060}");
    pair = own;
    assertThat(tokens.actor(foreign)).isEmpty();
  }

  @Test
  void whatIsNoTokenIsNotGood() {
    for (String text : new String[] {"", ".", "..", "a.b.c", "a.b.c.d", "x".repeat(9000)}) {
      assertThat(tokens.actor(text)).as(text).isEmpty();
    }
  }

  private String token(String header, String claims) throws Exception {
    String signed = part(header) + "." + part(claims);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + Base64Text.url(signature.sign());
  }

  private static String part(String text) {
    return Base64Text.url(text.getBytes(StandardCharsets.UTF_8));
  }
}
