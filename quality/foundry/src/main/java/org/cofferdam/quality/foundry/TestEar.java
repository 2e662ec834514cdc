// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.foundry;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Another verifier: attestation results as JWT under a key on P-256. The hook sees {@code
 * ear.header}, {@code ear.claims} and {@code ear.signature}.
 */
public final class TestEar {
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private final KeyPair key = Crypto.p256();
  private final Hook hook;

  public TestEar(Hook hook) {
    this.hook = hook;
  }

  /** SubjectPublicKeyInfo, DER. */
  public byte[] publicKey() {
    return key.getPublic().getEncoded();
  }

  /** A result that affirms, good for five minutes. */
  public byte[] token(Instant at, byte[] nonce) {
    String claims =
        "{\"eat_profile\":\"tag:github.com,2023:veraison/ear\",\"iat\":"
            + at.getEpochSecond()
            + ",\"exp\":"
            + at.plusSeconds(300).getEpochSecond()
            + ",\"ear.verifier-id\":{\"developer\":\"foundry\",\"build\":\"1\"},\"eat_nonce\":\""
            + HexFormat.of().formatHex(nonce)
            + "\",\"submods\":{\"cpu0\":{\"ear.status\":\"affirming\"}}}";
    String signed =
        part("ear.header", "{\"alg\":\"ES256\",\"typ\":\"JWT\"}")
            + "."
            + part("ear.claims", claims);
    byte[] signature =
        hook.field(
            "ear.signature",
            Crypto.signP256(key.getPrivate(), signed.getBytes(StandardCharsets.US_ASCII)));
    return (signed + "." + URL.encodeToString(signature)).getBytes(StandardCharsets.US_ASCII);
  }

  private String part(String name, String json) {
    return URL.encodeToString(hook.field(name, json.getBytes(StandardCharsets.UTF_8)));
  }
}
