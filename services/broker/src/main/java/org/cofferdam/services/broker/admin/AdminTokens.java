// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.admin;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Base64Text;

/**
 * Knows administrators by a JWT (RFC 7519) that the admin key signed with EdDSA. It needs an end
 * ({@code exp}); {@code role}, where it is given, must be {@code admin}. No other algorithm is
 * taken, whatever the token says.
 */
public final class AdminTokens {
  private static final String ROLE = "admin";
  private static final int MAX_TOKEN = 8192;

  private final PublicKey key;
  private final InstantSource clock;

  /**
   * @param key an Ed25519 key
   */
  public AdminTokens(PublicKey key, InstantSource clock) {
    this.key = key;
    this.clock = clock;
  }

  /** Who the token is for, or empty where it is not good. */
  public Optional<String> actor(String token) {
    String[] parts = token.split("\\.", -1);
    if (token.length() > MAX_TOKEN || parts.length != 3) {
      return Optional.empty();
    }
    try {
      Json.Obj header = part(parts[0]);
      header.only("alg", "typ", "kid");
      if (!header.string("alg").equals("EdDSA") || !signed(parts)) {
        return Optional.empty();
      }
      return actor(part(parts[1]), clock.instant());
    } catch (MalformedEvidenceException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> actor(Json.Obj claims, Instant now) {
    boolean inForce =
        now.getEpochSecond() < claims.integer("exp")
            && (claims.get("nbf").isEmpty() || claims.integer("nbf") <= now.getEpochSecond());
    boolean admin = claims.get("role").isEmpty() || claims.string("role").equals(ROLE);
    if (!inForce || !admin) {
      return Optional.empty();
    }
    return Optional.of(claims.get("sub").isEmpty() ? ROLE : claims.string("sub"));
  }

  private boolean signed(String[] parts) {
    try {
      byte[] bytes = Base64Text.fromUrl("signature", parts[2]);
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(key);
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(bytes);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static Json.Obj part(String text) {
    return Json.parse(Base64Text.fromUrl("token", text)).asObject("token");
  }
}
