// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server.http;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.services.broker.admin.AdminTokens;
import org.cofferdam.services.broker.attest.Attestor;
import org.cofferdam.services.broker.decision.StrayRefusals;

/** Lets administrators through, and puts on record who was not one. */
final class AdminGate {
  private final List<AdminTokens> keys;
  private final StrayRefusals strays;

  /**
   * @param keys one for each admin key; none means that nobody can administer
   */
  AdminGate(List<AdminTokens> keys, StrayRefusals strays) {
    this.keys = List.copyOf(keys);
    this.strays = strays;
  }

  /** Who calls, or empty where that is no administrator. */
  Optional<String> actor(Call call) throws IOException {
    for (AdminTokens key : keys) {
      Optional<String> actor = call.bearer().flatMap(key::actor);
      if (actor.isPresent()) {
        return actor;
      }
    }
    strays.record(
        Attestor.UNKNOWN,
        Check.of(
            "admin.token",
            false,
            "a token of an administrator's key that is in force",
            call.bearer().isEmpty() ? "no token" : "another token",
            "Who administers decides what guests get.",
            "Sign a token with an admin key of this server."),
        "");
    return Optional.empty();
  }
}
