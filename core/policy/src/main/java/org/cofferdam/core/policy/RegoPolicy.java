// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.policy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.rego.Evaluation;
import org.cofferdam.core.rego.Policy;
import org.cofferdam.core.rego.Query;
import org.cofferdam.core.rego.RegoCompiler;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.Value;

/**
 * A resource policy in Rego, compiled once: package {@code policy}, rule {@code allow}. Its input
 * is the attestation result; {@code data} holds {@code plugin}, {@code resource-path} and {@code
 * query}, as the policies of the field expect.
 */
public final class RegoPolicy {
  private static final String RULE = "data.policy.allow";

  private final long version;
  private final String text;
  private final Query allow;

  private RegoPolicy(long version, String text, Query allow) {
    this.version = version;
    this.text = text;
    this.allow = allow;
  }

  /**
   * @param version raised with every change
   * @param text Rego, version 1 of the language
   * @throws MalformedEvidenceException where the text is no Rego, or has no rule {@code allow}
   */
  public static RegoPolicy compile(long version, String text) {
    try {
      Policy policy = new RegoCompiler().add("resource-policy", text).compile();
      if (!policy.hasRule(RULE)) {
        throw new MalformedEvidenceException("resource policy", RULE, -1, "is missing");
      }
      return new RegoPolicy(version, text, policy.document(RULE));
    } catch (RegoException e) {
      throw new MalformedEvidenceException(
          "resource policy", "text", -1, String.valueOf(e.getMessage()));
    }
  }

  public long version() {
    return version;
  }

  public String text() {
    return text;
  }

  /** SHA-256 of the text, lower-case hex. */
  public String digest() {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8)).sha256().hex();
  }

  /**
   * What {@code allow} says: {@code true}, {@code false}, {@code undefined}, or why it could not be
   * evaluated. Only the first is leave.
   */
  String evaluate(ReleaseQuestion question) {
    try {
      Optional<Value> answer =
          allow
              .evaluate(
                  new Evaluation()
                      .input(value(question.result()))
                      .data(value(data(question.resource())))
                      .now(question.at()))
              .value();
      return answer
          .map(value -> value instanceof RegoBoolean b ? String.valueOf(b.value()) : "no boolean")
          .orElse("undefined");
    } catch (RegoException e) {
      return "failed: " + e.getMessage();
    }
  }

  private static Value value(Json json) {
    return org.cofferdam.core.rego.value.Json.parse(json.write());
  }

  private static Json data(String resource) {
    return Json.object()
        .put("plugin", "resource")
        .put("resource-path", Json.strings(List.of(resource.split("/", -1))))
        .put("query", Json.object().build())
        .build();
  }
}
