// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Base64Text;
import org.cofferdam.services.broker.admin.AdminService;
import org.cofferdam.services.broker.kbs.KbsAnswer;
import org.cofferdam.services.broker.kbs.KbsErrors;
import org.cofferdam.services.broker.kbs.KbsService;
import org.cofferdam.services.broker.resource.NoSuchResourceException;

/** {@code /kbs/v0/…}: the protocol's endpoints. */
final class KbsRoute implements Route {
  static final String PREFIX = "/kbs/v0/";
  private static final String RESOURCE = "resource/";

  private final KbsService kbs;
  private final AdminService admin;
  private final AdminGate gate;
  private final SessionCookie cookie;

  KbsRoute(KbsService kbs, AdminService admin, AdminGate gate, SessionCookie cookie) {
    this.kbs = kbs;
    this.admin = admin;
    this.gate = gate;
    this.cookie = cookie;
  }

  @Override
  public Answer answer(Call call) throws IOException {
    String rest = call.path().substring(PREFIX.length());
    if (rest.startsWith(RESOURCE)) {
      return resource(call, rest.substring(RESOURCE.length()));
    }
    return switch (call.method() + " " + rest) {
      case "POST auth" -> answer(kbs.auth(call.body()));
      case "POST attest" -> answer(kbs.attest(call.session(), call.body()));
      case "GET resource-policy", "POST resource-policy" -> policy(call);
      default -> answer(KbsErrors.pluginNotFound());
    };
  }

  /** As peers have it: the text goes in as base64url, and only a name comes out. */
  private Answer policy(Call call) throws IOException {
    Optional<String> actor = gate.actor(call);
    if (actor.isEmpty()) {
      return answer(KbsErrors.adminRefused());
    }
    if (call.method().equals("GET")) {
      return Answer.json(
          200,
          Json.strings(
              admin.resourcePolicy() == Json.Null.NULL ? List.of() : List.of("resource-policy")));
    }
    try {
      String text = Json.parse(call.body()).asObject("policy").string("policy");
      admin.putResourcePolicy(
          actor.get(), new String(Base64Text.fromUrl("policy", text), StandardCharsets.UTF_8));
      return Answer.of(200, "", new byte[0]);
    } catch (MalformedEvidenceException e) {
      return answer(KbsErrors.policyUnreadable());
    }
  }

  private Answer resource(Call call, String path) throws IOException {
    if (call.method().equals("GET")) {
      return answer(kbs.resource(call.session(), call.bearer(), path));
    }
    Optional<String> actor = gate.actor(call);
    if (actor.isEmpty()) {
      return answer(KbsErrors.adminRefused());
    }
    try {
      switch (call.method()) {
        case "POST" -> {
          try (SecretBytes value = SecretBytes.owning(call.body())) {
            admin.putResource(actor.get(), path, value);
          }
        }
        case "DELETE" -> admin.deleteResource(actor.get(), path);
        default -> {
          return answer(KbsErrors.pluginNotFound());
        }
      }
    } catch (MalformedEvidenceException e) {
      return answer(KbsErrors.invalidPath());
    } catch (NoSuchResourceException e) {
      return answer(KbsErrors.internal());
    }
    return Answer.of(200, "", new byte[0]);
  }

  private Answer answer(KbsAnswer answer) {
    Answer plain = Answer.of(answer.status(), answer.contentType(), answer.body());
    return answer
        .session()
        .map(session -> plain.with("Set-Cookie", cookie.header(session)))
        .orElse(plain);
  }
}
