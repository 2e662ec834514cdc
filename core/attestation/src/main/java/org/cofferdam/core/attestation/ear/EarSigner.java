// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.ear;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import org.cofferdam.core.bytes.json.Json;

/**
 * Signs results as a JWT (RFC 7515, compact) with ES256, ES384 or EdDSA, as the key says (RFC 7518
 * §3.4, RFC 8037 §3.1).
 */
public final class EarSigner {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final PrivateKey key;
  private final String algorithm;
  private final String jcaName;

  /**
   * @param key on P-256, P-384 or Ed25519
   * @throws IllegalArgumentException for any other key
   */
  public EarSigner(PrivateKey key) {
    this.key = key;
    if (key instanceof ECPrivateKey ec && ec.getParams().getOrder().bitLength() == 256) {
      algorithm = "ES256";
      jcaName = "SHA256withECDSAinP1363Format";
    } else if (key instanceof ECPrivateKey ec && ec.getParams().getOrder().bitLength() == 384) {
      algorithm = "ES384";
      jcaName = "SHA384withECDSAinP1363Format";
    } else if (key.getAlgorithm().equals("EdDSA") || key.getAlgorithm().equals("Ed25519")) {
      algorithm = "EdDSA";
      jcaName = "Ed25519";
    } else {
      throw new IllegalArgumentException("no key on P-256, P-384 or Ed25519");
    }
  }

  public String sign(EarResult result) {
    String signed =
        encode(Json.object().put("typ", "JWT").put("alg", algorithm).build())
            + "."
            + encode(result.toJson());
    try {
      Signature signature = Signature.getInstance(jcaName);
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot sign with " + jcaName, e);
    }
  }

  private static String encode(Json json) {
    return BASE64.encodeToString(json.write().getBytes(StandardCharsets.UTF_8));
  }
}
