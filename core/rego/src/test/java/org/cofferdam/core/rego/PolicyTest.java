// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.RegoNull;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.junit.jupiter.api.Test;

/** The library as its users see it. */
class PolicyTest {
  private static final String POLICY =
      """
      package policy

      default allow := false

      allow if {
        input.tee == "snp"
        query_reference_value("measurement") == input.measurement
      }
      """;

  private static RegoCompiler compiler() {
    Map<String, Value> references = Map.of("measurement", RegoString.of("aa"));
    return new RegoCompiler()
        .builtin(
            new Builtin(
                "query_reference_value",
                1,
                (c, a) -> references.getOrDefault(((RegoString) a[0]).value(), RegoNull.NULL)));
  }

  @Test
  void aHostFunctionIsCalled() {
    Policy p = compiler().add("policy.rego", POLICY).compile();
    Value good = Json.parse("{\"tee\":\"snp\",\"measurement\":\"aa\"}");
    Value bad = Json.parse("{\"tee\":\"snp\",\"measurement\":\"bb\"}");
    assertThat(p.evaluate("data.policy.allow", good, null)).hasToString("Optional[true]");
    assertThat(p.evaluate("data.policy.allow", bad, null)).hasToString("Optional[false]");
    assertThat(p.evaluate("data.policy.allow", null, null)).hasToString("Optional[false]");
  }

  @Test
  void aRuleThatIsNotThereIsUndefined() {
    Policy p = compiler().add("policy.rego", POLICY).compile();
    assertThat(p.evaluate("data.policy.extensions", null, null)).isEmpty();
    assertThat(p.hasRule("data.policy.extensions")).isFalse();
    assertThat(p.hasRule("data.policy.allow")).isTrue();
  }

  @Test
  void errorsNameThePlace() {
    RegoException e =
        catchThrowableOfType(
            RegoException.class, () -> new RegoCompiler().add("x.rego", "package x\n\np if {\n"));
    assertThat(e).hasMessageStartingWith("x.rego:4:1: rego_parse_error: ");
    assertThat(e.code()).isEqualTo(ErrorCode.REGO_PARSE_ERROR);
  }

  @Test
  void aLimitEndsTheEvaluationAndThePolicyServesOn() {
    Policy p =
        new RegoCompiler()
            .add(
                "x.rego",
                "package x\nslow := count([1 | some i in numbers.range(1, 100000)])\nfast := 1")
            .compile();
    Query slow = p.document("data.x.slow");
    RegoException e =
        catchThrowableOfType(
            RegoException.class,
            () -> slow.evaluate(new Evaluation().limits(Limits.DEFAULT.withSteps(1000))));
    assertThat(e.code()).isEqualTo(ErrorCode.EVAL_CANCEL_ERROR);
    assertThat(e).hasMessageContaining("steps");
    assertThat(slow.evaluate(new Evaluation()).value()).hasToString("Optional[100000]");
    assertThat(p.evaluate("data.x.fast", null, null)).hasToString("Optional[1]");
  }

  @Test
  void theOldSyntaxIsReadWhereItIsAskedFor() {
    String old = "package x\nimport future.keywords.in\np[y] { y := input.xs[_] }\nq { 1 in p }";
    Policy p = new RegoCompiler().v0(true).add("x.rego", old).compile();
    assertThat(p.evaluate("data.x.q", Json.parse("{\"xs\":[1,2]}"), null))
        .hasToString("Optional[true]");
    assertThat(
            catchThrowableOfType(RegoException.class, () -> new RegoCompiler().add("x.rego", old)))
        .hasMessageContaining("`if` keyword is required");
  }
}
