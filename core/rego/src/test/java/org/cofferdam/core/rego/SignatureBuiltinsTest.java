// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Tokens that the JDK signs are verified, and changed ones, or those of another key, are not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignatureBuiltinsTest {
  private static final Policy POLICY = new RegoCompiler().compile();

  private final KeyPair rsa = pair("RSA", null);
  private final KeyPair other = pair("RSA", null);

  private static KeyPair pair(String algorithm, @Nullable String curve) {
    try {
      KeyPairGenerator g = KeyPairGenerator.getInstance(algorithm);
      if (curve != null) {
        g.initialize(new ECGenParameterSpec(curve));
      } else if (algorithm.equals("RSA")) {
        g.initialize(2048);
      }
      return g.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String token(
      String alg, String jca, @Nullable AlgorithmParameterSpec spec, KeyPair key)
      throws GeneralSecurityException {
    String text =
        url(("{\"alg\":\"" + alg + "\"}").getBytes(StandardCharsets.UTF_8))
            + "."
            + url("{\"iss\":\"me\"}".getBytes(StandardCharsets.UTF_8));
    Signature s = Signature.getInstance(jca);
    if (spec != null) {
      s.setParameter(spec);
    }
    s.initSign(key.getPrivate());
    s.update(text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + url(s.sign());
  }

  private static String pem(KeyPair key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  private static String call(String query, String... args) {
    Value[] values = new Value[args.length];
    for (int i = 0; i < args.length; i++) {
      values[i] = RegoString.of(args[i]);
    }
    Optional<Value> v =
        POLICY
            .document(query)
            .evaluate(new Evaluation().input(RegoArray.of(values)).strictBuiltins(true))
            .value();
    return v.map(Value::toString).orElse("undefined");
  }

  private static PSSParameterSpec pss(String hash, int salt) {
    return new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), salt, 1);
  }

  private DynamicTest algorithm(
      String alg, String jca, @Nullable AlgorithmParameterSpec spec, KeyPair key, KeyPair wrong) {
    return DynamicTest.dynamicTest(
        alg,
        () -> {
          String verify =
              "io.jwt.verify_" + alg.toLowerCase(java.util.Locale.ROOT) + "(input[0], input[1])";
          String good = token(alg, jca, spec, key);
          assertThat(call(verify, good, pem(key))).isEqualTo("true");
          assertThat(call(verify, good, pem(wrong))).isEqualTo("false");
          int payload = good.indexOf('.') + 2;
          char c = good.charAt(payload) == 'A' ? 'B' : 'A';
          String changed = good.substring(0, payload) + c + good.substring(payload + 1);
          assertThat(call(verify, changed, pem(key))).isNotEqualTo("true");
          assertThat(
                  call(
                      "io.jwt.decode_verify(input[0], {\"cert\": input[1], \"alg\": \""
                          + alg
                          + "\", \"iss\": \"me\"})[0]",
                      good,
                      pem(key)))
              .isEqualTo("true");
          assertThat(
                  call(
                      "io.jwt.decode_verify(input[0], {\"cert\": input[1], \"iss\": \"you\"})[0]",
                      good,
                      pem(key)))
              .isEqualTo("false");
        });
  }

  @TestFactory
  Stream<DynamicTest> algorithms() {
    KeyPair p256 = pair("EC", "secp256r1");
    KeyPair p384 = pair("EC", "secp384r1");
    KeyPair p521 = pair("EC", "secp521r1");
    KeyPair ed = pair("Ed25519", null);
    return Stream.of(
        algorithm("RS256", "SHA256withRSA", null, rsa, other),
        algorithm("RS384", "SHA384withRSA", null, rsa, other),
        algorithm("RS512", "SHA512withRSA", null, rsa, other),
        algorithm("PS256", "RSASSA-PSS", pss("SHA-256", 32), rsa, other),
        algorithm("PS384", "RSASSA-PSS", pss("SHA-384", 48), rsa, other),
        algorithm("PS512", "RSASSA-PSS", pss("SHA-512", 64), rsa, other),
        algorithm("ES256", "SHA256withECDSAinP1363Format", null, p256, pair("EC", "secp256r1")),
        algorithm("ES384", "SHA384withECDSAinP1363Format", null, p384, pair("EC", "secp384r1")),
        algorithm("ES512", "SHA512withECDSAinP1363Format", null, p521, pair("EC", "secp521r1")),
        algorithm("EdDSA", "Ed25519", null, ed, pair("Ed25519", null)));
  }

  @Test
  void aKeyOfAnotherKindVerifiesNothing() throws GeneralSecurityException {
    String good = token("RS256", "SHA256withRSA", null, rsa);
    assertThat(call("io.jwt.decode_verify(input[0], {\"secret\": input[1]})[0]", good, pem(rsa)))
        .isEqualTo("false");
  }

  @Test
  void aPublicKeyIsNoSecret() {
    String sign =
        "io.jwt.decode_verify(io.jwt.encode_sign({\"alg\": \"HS256\"}, {\"a\": 1}, {\"kty\": \"oct\","
            + " \"k\": base64url.encode_no_pad(input[0])}), {\"cert\": input[0]})[0]";
    assertThat(call(sign, pem(rsa))).isEqualTo("false");
  }

  @Test
  void hmacOfAllLengths() {
    for (String bits : new String[] {"256", "384", "512"}) {
      String sign =
          "io.jwt.verify_hs"
              + bits
              + "(io.jwt.encode_sign({\"alg\": \"HS"
              + bits
              + "\"}, {\"a\": 1}, {\"kty\": \"oct\", \"k\": input[0]}), input[1])";
      String key = url("secret".getBytes(StandardCharsets.UTF_8));
      assertThat(call(sign, key, "secret")).isEqualTo("true");
      assertThat(call(sign, key, "other")).isEqualTo("false");
    }
  }
}
