// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.rego.Evaluation;
import org.cofferdam.core.rego.Explanation;
import org.cofferdam.core.rego.Policy;
import org.cofferdam.core.rego.Query;
import org.cofferdam.core.rego.RegoCompiler;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Judges requests as the kata-agent does: one after the other, each by the rule of its name, with
 * the state that the policy itself keeps. Not for several threads: it remembers.
 */
public final class GuestAgent {
  private static final String PACKAGE = "data.agent_policy";

  private final Policy policy;
  private final Map<String, Query> queries = new LinkedHashMap<>();
  private @Nullable Json lastRequest;
  private @Nullable Value lastInput;
  private Json state = Json.object().put("pstate", Json.object().build()).build();

  private GuestAgent(Policy policy) {
    this.policy = policy;
  }

  /**
   * An agent that has just been given its policy.
   *
   * @throws RegoException where the text is no policy, in neither version of the language
   */
  public static GuestAgent start(String text) {
    return new GuestAgent(compile(text));
  }

  /** Another that has seen nothing, with the same policy. */
  public GuestAgent restarted() {
    GuestAgent other = new GuestAgent(policy);
    other.queries.putAll(queries);
    return other;
  }

  /** Another that has seen the same. */
  public GuestAgent copy() {
    GuestAgent other = restarted();
    other.state = state;
    return other;
  }

  private static Policy compile(String text) {
    try {
      return new RegoCompiler().add("policy.rego", text).compile();
    } catch (RegoException e) {
      return new RegoCompiler().v0(true).add("policy.rego", text).compile();
    }
  }

  /**
   * One request.
   *
   * @param kind the request's message name, for example {@code CreateContainerRequest}
   * @return allowed, with what the policy keeps of it already kept; or not, with reasons
   */
  public Decision decide(String kind, Json request) {
    List<String> problems = new ArrayList<>();
    if (judge(kind, request, problems)) {
      return Decision.ALLOWED;
    }
    return new Decision(false, problems.isEmpty() ? Reasons.of(this, kind, request) : problems);
  }

  /** The same without reasons, which take longer to find than the answer. */
  public boolean judge(String kind, Json request) {
    return judge(kind, request, new ArrayList<>());
  }

  private boolean judge(String kind, Json request, List<String> problems) {
    if (!kind.matches("[A-Za-z]{1,64}")) {
      throw new MalformedEvidenceException("agent requests", "kind", -1, "is no message name");
    }
    Optional<Value> answer;
    try {
      answer =
          queries
              .computeIfAbsent(kind, k -> policy.document(PACKAGE + "." + k))
              .evaluate(new Evaluation().input(input(request)).data(value(state)))
              .value();
    } catch (RegoException e) {
      problems.add("The policy failed: " + e.getMessage());
      return false;
    }
    if (answer.isEmpty()) {
      problems.add("The policy has no rule for " + kind + ".");
      return false;
    }
    Json result = Json.parse(bytes(answer.get()));
    boolean allowed =
        result instanceof Json.Bool b
            ? b.value()
            : result instanceof Json.Obj o && o.require("allowed").asBoolean("allowed");
    if (allowed && result instanceof Json.Obj o) {
      o.get("ops").ifPresent(ops -> state = JsonPatch.apply(state, ops));
    }
    return allowed;
  }

  /** All of them in order: each an object with a kind and what is asked. */
  public List<Decision> decideAll(List<Json> requests) {
    List<Decision> decisions = new ArrayList<>();
    for (Json item : requests) {
      Json.Obj request = item.asObject("requests");
      decisions.add(decide(request.string("kind"), request.require("request")));
    }
    return decisions;
  }

  /** What the policy remembers. */
  public Json state() {
    return state;
  }

  /** A part of the policy on this request; empty where it is undefined or fails. */
  Optional<Json> ask(String expression, Json request) {
    try {
      return policy
          .query("result = " + expression)
          .evaluate(new Evaluation().input(input(request)).data(value(state)))
          .value()
          .map(v -> Json.parse(bytes(v)));
    } catch (RegoException e) {
      return Optional.empty();
    }
  }

  /** Why a part of the policy does not hold. */
  Optional<Explanation> explain(String expression, Json request) {
    try {
      return Optional.of(
          policy
              .query("result = " + expression)
              .explain(new Evaluation().input(input(request)).data(value(state))));
    } catch (RegoException e) {
      return Optional.empty();
    }
  }

  boolean hasRule(String name) {
    return policy.hasRule(PACKAGE + "." + name);
  }

  /** The same request is asked about many times when its refusal is explained. */
  @SuppressWarnings("ReferenceEquality") // comparing the content costs what is to be saved
  private Value input(Json request) {
    if (request != lastRequest || lastInput == null) {
      lastRequest = request;
      lastInput = value(request);
    }
    return lastInput;
  }

  private static Value value(Json json) {
    return org.cofferdam.core.rego.value.Json.parse(json.write());
  }

  private static byte[] bytes(Value value) {
    return org.cofferdam.core.rego.value.Json.write(value)
        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  /**
   * An answer.
   *
   * @param allowed whether the agent does it
   * @param reasons for a refusal: what was not met
   */
  public record Decision(boolean allowed, List<String> reasons) {
    static final Decision ALLOWED = new Decision(true, List.of());

    public Decision {
      reasons = List.copyOf(reasons);
    }

    public Json toJson() {
      return Json.object().put("allowed", allowed).put("reasons", Json.strings(reasons)).build();
    }
  }
}
