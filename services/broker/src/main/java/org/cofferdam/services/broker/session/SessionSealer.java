// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Base64Text;
import org.cofferdam.services.broker.keys.AesGcm;

/**
 * Keeps a handshake in the guest's own cookie, encrypted and authenticated: a challenge costs the
 * server no memory, and a restarted server or a replica goes on with it.
 */
public final class SessionSealer {
  private static final byte[] CONTEXT = "kbs-session".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_COOKIE = 2048;

  private final SecretBytes key;
  private final SecureRandom random;

  /**
   * @param key 32 bytes, the same on each replica
   */
  public SessionSealer(SecretBytes key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  /** The cookie's value. */
  public String seal(Session session) {
    byte[] text = session.toJson().write().getBytes(StandardCharsets.UTF_8);
    return Base64Text.url(AesGcm.seal(key, SecretBytes.owning(text), CONTEXT, random));
  }

  /** The session of a cookie, or empty where this server did not make it. It may have expired. */
  public Optional<Session> open(String cookie) {
    if (cookie.length() > MAX_COOKIE) {
      return Optional.empty();
    }
    try (SecretBytes text = AesGcm.open(key, Base64Text.fromUrl("cookie", cookie), CONTEXT)) {
      return Optional.of(text.lend(bytes -> Session.fromJson(Json.parse(bytes))));
    } catch (IOException | MalformedEvidenceException e) {
      return Optional.empty();
    }
  }
}
