// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server.http;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.broker.admin.AdminService;
import org.cofferdam.services.broker.admin.AdminTokens;
import org.cofferdam.services.broker.decision.StrayRefusals;
import org.cofferdam.services.broker.kbs.KbsService;

/**
 * What the routes lead to.
 *
 * @param health the answer of {@code /healthz}
 * @param jwks the keys that tokens are signed with
 */
public record BrokerParts(
    KbsService kbs,
    AdminService admin,
    List<AdminTokens> admins,
    StrayRefusals strays,
    InstantSource clock,
    Duration sessionLife,
    Path logFolder,
    Json health,
    Json jwks) {
  public BrokerParts {
    admins = List.copyOf(admins);
  }

  /**
   * @param secure true behind TLS
   */
  public Dispatcher dispatcher(boolean secure) {
    AdminGate gate = new AdminGate(admins, strays);
    return new Dispatcher(
        new KbsRoute(kbs, admin, gate, clock, sessionLife, secure),
        new AdminRoute(admin, gate),
        new LogRoute(logFolder),
        health,
        jwks);
  }
}
