// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.kbs;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.broker.attest.Attestor;
import org.cofferdam.services.broker.session.Attested;
import org.cofferdam.services.broker.session.AttestedGuests;
import org.cofferdam.services.broker.token.TokenSigner;

/** Finds the guest that a cookie or token stands for. */
public final class Tokens {
  private final TokenSigner signer;
  private final AttestedGuests guests;
  private final Attestor attestor;
  private final InstantSource clock;

  public Tokens(TokenSigner signer, AttestedGuests guests, Attestor attestor, InstantSource clock) {
    this.signer = signer;
    this.guests = guests;
    this.attestor = attestor;
    this.clock = clock;
  }

  Optional<Attested> bySession(String sessionId) throws IOException {
    Optional<Attested> here = guests.find(sessionId, clock.instant());
    return here.isPresent() ? here : attestor.restore(sessionId);
  }

  /** The guest of a token that this server signed, that is in force, and not ended early. */
  Optional<Attested> byToken(String token) throws IOException {
    Optional<String> id = signer.verify(token).flatMap(payload -> id(payload, clock.instant()));
    return id.isEmpty() ? Optional.empty() : bySession(id.get());
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
