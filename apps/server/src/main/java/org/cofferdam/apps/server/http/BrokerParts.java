// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server.http;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.broker.Broker;
import org.cofferdam.services.broker.admin.AdminTokens;

/**
 * What the routes of one tenant lead to.
 *
 * @param health the answer of {@code /healthz}
 * @param prefix of its paths; empty for the tenant that is always there
 */
public record BrokerParts(
    Broker broker,
    List<AdminTokens> admins,
    InstantSource clock,
    Duration sessionLife,
    Path logFolder,
    Json health,
    String prefix) {
  public BrokerParts {
    admins = List.copyOf(admins);
  }

  /**
   * @param secure true behind TLS
   */
  Dispatcher dispatcher(boolean secure) {
    AdminGate gate = new AdminGate(admins, broker.strays());
    return new Dispatcher(
        new KbsRoute(
            broker.kbs(),
            broker.admin(),
            gate,
            new SessionCookie(clock, sessionLife, prefix, secure)),
        new AdminRoute(broker, gate),
        new LogRoute(logFolder),
        health,
        broker.tokens().jwks());
  }
}
