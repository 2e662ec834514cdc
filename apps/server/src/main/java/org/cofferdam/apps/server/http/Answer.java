// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cofferdam.core.bytes.json.Json;

/**
 * One response.
 *
 * @param headers besides the length
 */
public record Answer(int status, Map<String, String> headers, byte[] body) {
  private static final String CONTENT_TYPE = "Content-Type";
  private static final String JSON = "application/json";

  static Answer json(int status, Json body) {
    return new Answer(
        status, Map.of(CONTENT_TYPE, JSON), (body.write() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static Answer of(int status, String contentType, byte[] body) {
    return new Answer(
        status, contentType.isEmpty() ? Map.of() : Map.of(CONTENT_TYPE, contentType), body);
  }

  /** The error of the server's own interface: what happened, what to do. */
  static Answer problem(int status, String code, String detail) {
    return json(status, Json.object().put("code", code).put("detail", detail).build());
  }

  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }
}
