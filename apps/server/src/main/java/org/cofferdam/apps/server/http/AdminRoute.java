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
import org.cofferdam.services.broker.Broker;
import org.cofferdam.services.broker.admin.AdminService;
import org.cofferdam.services.broker.resource.NoSuchResourceException;

/** {@code /api/v1/…}: the administrator's interface. */
final class AdminRoute implements Route {
  static final String PREFIX = "/api/v1/";

  private final Broker broker;
  private final AdminService admin;
  private final AdminGate gate;

  AdminRoute(Broker broker, AdminGate gate) {
    this.broker = broker;
    this.admin = broker.admin();
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
    if (at.getFirst().equals("resources") && at.size() >= 4) {
      return resource(call, actor, at);
    }
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
      case "POST simulate" -> ok(broker.simulator().simulate(call.body()));
      case "GET revocations" -> ok(broker.limits().revoked());
      case "POST revocations" -> ok(broker.limits().revoke(actor, call.body()));
      case "DELETE revocations" -> ok(broker.limits().reinstate(actor, call.body()));
      case "GET explain/*" -> ok(admin.explain(at.get(1)));
      default -> Answer.problem(404, "request.path", "There is no such call.");
    };
  }

  private Answer resource(Call call, String actor, List<String> at) throws IOException {
    String path = String.join("/", at.subList(1, 4));
    String rest = String.join("/", at.subList(4, at.size()));
    try {
      return switch (call.method() + " " + rest) {
        case "GET " -> ok(broker.limits().describe(path));
        case "PUT rule" -> ok(broker.limits().putRule(actor, path, call.body()));
        case "POST random" -> ok(broker.limits().putRandom(actor, path, call.body()));
        case "POST restore" -> ok(broker.limits().restore(actor, path));
        default -> Answer.problem(404, "request.path", "There is no such call.");
      };
    } catch (NoSuchResourceException e) {
      return Answer.problem(404, "resource.unknown", "There is no such version of it.");
    }
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
