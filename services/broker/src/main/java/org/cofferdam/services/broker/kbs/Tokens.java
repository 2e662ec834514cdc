// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.kbs;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.broker.session.Attested;
import org.cofferdam.services.broker.session.AttestedGuests;
import org.cofferdam.services.broker.token.TokenSigner;

/** Finds the guest that a cookie or token stands for. */
public final class Tokens {
  private final TokenSigner signer;
  private final AttestedGuests guests;
  private final InstantSource clock;

  public Tokens(TokenSigner signer, AttestedGuests guests, InstantSource clock) {
    this.signer = signer;
    this.guests = guests;
    this.clock = clock;
  }

  Optional<Attested> bySession(String sessionId) {
    return guests.find(sessionId, clock.instant());
  }

  /** The guest of a token that this server signed, that is in force, and not ended early. */
  Optional<Attested> byToken(String token) {
    Instant now = clock.instant();
    return signer
        .verify(token)
        .flatMap(payload -> id(payload, now))
        .flatMap(id -> guests.find(id, now));
  }

  private static Optional<String> id(Json.Obj payload, Instant now) {
    try {
      return now.getEpochSecond() < payload.integer("exp")
          ? Optional.of(payload.string("jti"))
          : Optional.empty();
    } catch (MalformedEvidenceException e) {
      return Optional.empty();
    }
  }
}
