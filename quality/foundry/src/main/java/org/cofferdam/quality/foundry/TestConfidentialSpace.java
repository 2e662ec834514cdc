// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.foundry;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * An attestation service of the foundry. The hook sees the certificates under {@code root} and
 * {@code leaf}, the JSON of the token as {@code token.header} and {@code token.claims}, and {@code
 * token.signature}.
 */
public final class TestConfidentialSpace {
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private final Hook hook;
  private final TestCa root;
  private final KeyPair key;
  private final byte[] leaf;

  /**
   * @param keys which take long to make: root and signer
   * @param from certificates are valid from here, for one year
   */
  public TestConfidentialSpace(TestAmd.Keys keys, Instant from, Hook hook) {
    this.hook = hook;
    this.key = keys.issuer();
    Instant to = from.plusSeconds(365L * 86400);
    root = TestCa.root("Foundry Space Root", keys.root(), from, to, hook);
    leaf =
        root.issue("leaf", "Foundry Space Signer", key.getPublic(), 6, from, to, List.of(), hook);
  }

  /** A token that counts for an hour from {@code at}. */
  public byte[] token(Instant at, String audience, byte[] nonce) {
    Base64.Encoder plain = Base64.getEncoder();
    String header =
        "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"x5c\":[\""
            + plain.encodeToString(leaf)
            + "\",\""
            + plain.encodeToString(root.certificate())
            + "\"]}";
    String claims =
        "{\"iss\":\"https://confidentialcomputing.googleapis.com\",\"aud\":\""
            + audience
            + "\",\"iat\":"
            + at.getEpochSecond()
            + ",\"nbf\":"
            + at.getEpochSecond()
            + ",\"exp\":"
            + at.plusSeconds(3600).getEpochSecond()
            + ",\"eat_nonce\":[\""
            + HexFormat.of().formatHex(nonce)
            + "\"],\"swname\":\"CONFIDENTIAL_SPACE\",\"hwmodel\":\"GCP_AMD_SEV\","
            + "\"dbgstat\":\"disabled-since-boot\"}";
    String signed = part("token.header", header) + "." + part("token.claims", claims);
    byte[] signature =
        hook.field(
            "token.signature",
            Crypto.sign(
                "SHA256withRSA", key.getPrivate(), signed.getBytes(StandardCharsets.US_ASCII)));
    return (signed + "." + URL.encodeToString(signature)).getBytes(StandardCharsets.US_ASCII);
  }

  private String part(String name, String json) {
    return URL.encodeToString(hook.field(name, json.getBytes(StandardCharsets.UTF_8)));
  }

  /** SubjectPublicKeyInfo of the root, DER. */
  public byte[] rootPublicKey() {
    return root.publicKey();
  }
}
