// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.rego;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.Supplier;
import org.cofferdam.core.rego.Evaluation;
import org.cofferdam.core.rego.Policy;
import org.cofferdam.core.rego.Query;
import org.cofferdam.core.rego.RegoCompiler;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.Value;
import org.junit.jupiter.api.Test;

/** What holds for every policy, tried on random ones. */
class RegoPropertyTest {
  private static final int POLICIES = 400;

  /** The value as JSON, or the code of the error. */
  private static String answer(Supplier<Value> work) {
    try {
      return Json.write(work.get());
    } catch (RegoException e) {
      return "error " + e.code().id();
    }
  }

  private static Evaluation evaluation(Value document) {
    return new Evaluation().input(document).data(RegoObject.of("d", document));
  }

  @Test
  void thePolicyAnswersTheSameEachTimeAndWithoutItsIndex() {
    int evaluated = 0;
    for (int seed = 0; seed < POLICIES; seed++) {
      RandomPolicy random = new RandomPolicy(seed);
      Policy policy;
      try {
        policy = new RegoCompiler().add("p.rego", random.module()).compile();
      } catch (RegoException e) {
        assertThat(e.code().id()).startsWith("rego_");
        continue;
      }
      Query q = policy.document("data.t");
      Value document = Json.parse(random.document());
      String first = answer(() -> q.evaluate(evaluation(document)).value().orElseThrow());
      String again = answer(() -> q.evaluate(evaluation(document)).value().orElseThrow());
      assertThat(again).as(random.module()).isEqualTo(first);
      if (!first.startsWith("error")) {
        // An explanation leaves no rule out by the index.
        String explained = answer(() -> q.explain(evaluation(document)).value());
        assertThat(explained).as(random.module()).isEqualTo(first);
        evaluated++;
      }
    }
    assertThat(evaluated).isGreaterThan(POLICIES / 4);
  }

  @Test
  void brokenTextsGiveErrorsWithAPlace() {
    Random random = new Random(7);
    int refused = 0;
    for (int seed = 0; seed < POLICIES; seed++) {
      StringBuilder text = new StringBuilder(new RandomPolicy(seed).module());
      for (int k = 0; k < 3; k++) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, (char) random.nextInt(256));
          default -> text.setCharAt(at, "(){}[]\"`$,:=|.#\n".charAt(random.nextInt(16)));
        }
      }
      try {
        new RegoCompiler().add("p.rego", text.toString()).compile();
      } catch (RegoException e) {
        assertThat(e.location().file()).as(text.toString()).isEqualTo("p.rego");
        assertThat(e.location().row()).as(text.toString()).isPositive();
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(POLICIES / 2);
  }
}
