// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.kbs;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.KbsError;

/**
 * What goes back over HTTP.
 *
 * @param contentType empty for an empty body
 * @param session value of the session cookie to set
 */
public record KbsAnswer(int status, String contentType, byte[] body, Optional<String> session) {
  private static final String JSON = "application/json";

  static KbsAnswer json(Json body) {
    return new KbsAnswer(200, JSON, utf8(body), Optional.empty());
  }

  static KbsAnswer empty() {
    return new KbsAnswer(200, "", new byte[0], Optional.empty());
  }

  /** Nearly everything is a 401: clients of the field do not know other codes. */
  static KbsAnswer error(KbsError.Variant variant, String detail) {
    int status =
        switch (variant) {
          case InvalidRequestPath, PluginNotFound -> 404;
          default -> 401;
        };
    return new KbsAnswer(
        status, JSON, utf8(new KbsError(variant, detail).toJson()), Optional.empty());
  }

  /** The same with the word by which the operator finds the explanation. */
  static KbsAnswer error(KbsError.Variant variant, String detail, String correlation) {
    Json.Obj plain = new KbsError(variant, detail).toJson().asObject("error");
    Json.Builder json = Json.object();
    plain.members().forEach(json::put);
    return new KbsAnswer(
        401, JSON, utf8(json.put("correlation", correlation).build()), Optional.empty());
  }

  KbsAnswer withSession(String cookie) {
    return new KbsAnswer(status, contentType, body, Optional.of(cookie));
  }

  private static byte[] utf8(Json json) {
    return json.write().getBytes(StandardCharsets.UTF_8);
  }
}
