// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.broker.admin.AdminService;

/** {@code /api/v1/…}: the administrator's interface. */
final class AdminRoute implements Route {
  static final String PREFIX = "/api/v1/";

  private final AdminService admin;
  private final AdminGate gate;

  AdminRoute(AdminService admin, AdminGate gate) {
    this.admin = admin;
    this.gate = gate;
  }

  @Override
  public Answer answer(Call call) throws IOException, InterruptedException {
    Optional<String> actor = gate.actor(call);
    if (actor.isEmpty()) {
      return Answer.problem(401, "admin.token", "This needs an administrator's token.");
    }
    try {
      return route(call, actor.get());
    } catch (MalformedEvidenceException e) {
      return Answer.problem(400, "request.malformed", String.valueOf(e.getMessage()));
    }
  }

  private Answer route(Call call, String actor) throws IOException, InterruptedException {
    List<String> at = List.of(call.path().substring(PREFIX.length()).split("/", -1));
    String name = at.size() >= 3 ? at.get(1) + "/" + at.get(2) : "";
    return switch (call.method() + " " + shape(at)) {
      case "GET workloads" -> ok(admin.workloads());
      case "PUT workloads/*/*" -> ok(admin.putWorkload(actor, name, call.body()));
      case "GET workloads/*/*/decisions" ->
          ok(
              admin.decisions(
                  name,
                  call.number("after", -1),
                  Duration.ofSeconds(Math.max(0, call.number("wait", 0)))));
      case "POST workloads/*/*/launches" -> ok(admin.endedLaunch(actor, name, call.body()));
      case "GET resources" -> ok(admin.resources());
      case "GET resource-policy" -> ok(admin.resourcePolicy());
      case "PUT resource-policy" ->
          ok(admin.putResourcePolicy(actor, new String(call.body(), StandardCharsets.UTF_8)));
      case "GET explain/*" -> ok(admin.explain(at.get(1)));
      default -> Answer.problem(404, "request.path", "There is no such call.");
    };
  }

  /** The path with its names replaced: those after the first word, at most two. */
  private static String shape(List<String> at) {
    List<String> shape = new ArrayList<>(at);
    for (int i = 1; i < Math.min(3, at.size()); i++) {
      shape.set(i, "*");
    }
    return String.join("/", shape);
  }

  private static Answer ok(Json json) {
    return Answer.json(200, json);
  }
}
