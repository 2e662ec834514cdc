// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.token;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Base64Text;

/**
 * Signs tokens with one ES256 key (RFC 7515, RFC 7518 §3.4), and knows its own again. A key that a
 * token brings along is never used.
 */
public final class TokenSigner {
  private static final String ALGORITHM = "SHA256withECDSAinP1363Format";
  private static final int COORDINATE = 32;
  private static final int MAX_TOKEN = 1 << 20;

  private final KeyPair pair;
  private final Json jwk;
  private final String header;

  /**
   * @param certificate for the pair's public key
   */
  public TokenSigner(KeyPair pair, X509Certificate certificate) {
    this.pair = pair;
    this.jwk = jwk((ECPublicKey) pair.getPublic(), certificate);
    this.header =
        encode(Json.object().put("typ", "JWT").put("alg", "ES256").put("jwk", jwk).build());
  }

  public String sign(Json payload) {
    String signed = header + "." + encode(payload);
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(pair.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + Base64Text.url(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot sign a token", e);
    }
  }

  /** The payload of a token of this signer; empty for everything else. */
  public Optional<Json.Obj> verify(String token) {
    String[] parts = token.split("\\.", -1);
    if (token.length() > MAX_TOKEN || parts.length != 3 || !parts[0].equals(header)) {
      return Optional.empty();
    }
    try {
      byte[] signatureBytes = Base64Text.fromUrl("signature", parts[2]);
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(pair.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      if (!signature.verify(signatureBytes)) {
        return Optional.empty();
      }
      return Optional.of(Json.parse(Base64Text.fromUrl("payload", parts[1])).asObject("payload"));
    } catch (GeneralSecurityException | MalformedEvidenceException e) {
      return Optional.empty();
    }
  }

  /** The keys that tokens are signed with (RFC 7517 §5). */
  public Json jwks() {
    return Json.object().put("keys", Json.array(List.of(jwk))).build();
  }

  private static String encode(Json json) {
    return Base64Text.url(json.write().getBytes(StandardCharsets.UTF_8));
  }

  private static Json jwk(ECPublicKey key, X509Certificate certificate) {
    try {
      return Json.object()
          .put("alg", "ES256")
          .put("kty", "EC")
          .put("crv", "P-256")
          .put("x", coordinate(key.getW().getAffineX()))
          .put("y", coordinate(key.getW().getAffineY()))
          .put("x5c", Json.strings(List.of(Base64Text.standard(certificate.getEncoded()))))
          .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate cannot be encoded", e);
    }
  }

  private static String coordinate(BigInteger value) {
    byte[] fixed = new byte[COORDINATE];
    byte[] twos = value.toByteArray();
    int length = Math.min(twos.length, COORDINATE);
    System.arraycopy(twos, twos.length - length, fixed, COORDINATE - length, length);
    return Base64Text.url(fixed);
  }
}
