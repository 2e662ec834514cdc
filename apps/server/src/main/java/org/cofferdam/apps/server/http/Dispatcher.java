// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server.http;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.broker.kbs.KbsAnswer;
import org.cofferdam.services.broker.kbs.KbsErrors;

/** Chooses the route of a call. A failure of ours is answered without a detail, and logged. */
public final class Dispatcher {
  private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

  private final KbsRoute kbs;
  private final AdminRoute admin;
  private final LogRoute log;
  private final Json health;
  private final Json jwks;

  Dispatcher(KbsRoute kbs, AdminRoute admin, LogRoute log, Json health, Json jwks) {
    this.kbs = kbs;
    this.admin = admin;
    this.log = log;
    this.health = health;
    this.jwks = jwks;
  }

  /** Never throws for what the call contains. */
  public Answer answer(Call call) {
    try {
      return route(call);
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.ERROR, call.method() + " failed", e);
      return failed(call);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(call);
    }
  }

  private Answer route(Call call) throws IOException, InterruptedException {
    String path = call.path();
    if (path.startsWith(KbsRoute.PREFIX)) {
      return kbs.answer(call);
    }
    if (path.startsWith(AdminRoute.PREFIX)) {
      return admin.answer(call);
    }
    if (path.startsWith(LogRoute.PREFIX)) {
      return log.answer(call);
    }
    return switch (call.method() + " " + path) {
      case "GET /healthz" -> Answer.json(200, health);
      case "GET /.well-known/jwks.json" -> Answer.json(200, jwks);
      default -> new Answer(404, Map.of(), new byte[0]);
    };
  }

  private static Answer failed(Call call) {
    if (call.path().startsWith(KbsRoute.PREFIX)) {
      KbsAnswer internal = KbsErrors.internal();
      return Answer.of(internal.status(), internal.contentType(), internal.body());
    }
    return Answer.problem(500, "server.fault", "The server failed; its log says how.");
  }
}
