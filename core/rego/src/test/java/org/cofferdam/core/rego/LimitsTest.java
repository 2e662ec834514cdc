// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Each limit ends an evaluation that no other would end, and the policy serves on. */
class LimitsTest {
  private static final Limits NONE =
      new Limits(Duration.ofDays(1), Long.MAX_VALUE, Long.MAX_VALUE, 10_000, Long.MAX_VALUE);

  private static final Policy POLICY =
      new RegoCompiler()
          .add(
              "x.rego",
              """
              package x

              many := count([1 | some i in numbers.range(1, 5000); some j in [1, 2, 3, 4]])

              long := concat("", [s | some _ in numbers.range(1, 100); s := "0123456789"])

              answer := numbers.range(1, 100)

              d0 := 0
              d1 := d0 + 1
              d2 := d1 + 1
              d3 := d2 + 1
              """)
          .compile();

  private static void ends(String rule, String limit, Evaluation e) {
    Query q = POLICY.document("data.x." + rule);
    RegoException x = catchThrowableOfType(RegoException.class, () -> q.evaluate(e));
    assertThat(x).hasMessageContaining("limit reached: " + limit);
    assertThat(x.code()).isEqualTo(ErrorCode.EVAL_CANCEL_ERROR);
    assertThat(q.evaluate(new Evaluation().limits(NONE)).value()).isPresent();
  }

  @Test
  void time() {
    AtomicLong clock = new AtomicLong();
    Evaluation e = new Evaluation().nanos(() -> clock.addAndGet(1_000_000));
    ends("many", "time", e.limits(NONE.withTime(Duration.ofMillis(3))));
    assertThat(clock).hasValueLessThan(10_000_000);
  }

  @Test
  void timeIsCheckedInsideOfBuiltIns() {
    AtomicLong clock = new AtomicLong();
    Evaluation e = new Evaluation().nanos(() -> clock.addAndGet(1_000_000));
    Query q = POLICY.query("x = count(numbers.range(1, 10000000))");
    RegoException x =
        catchThrowableOfType(
            RegoException.class, () -> q.evaluate(e.limits(NONE.withTime(Duration.ofMillis(3)))));
    assertThat(x).hasMessageContaining("limit reached: time");
  }

  @Test
  void steps() {
    ends("many", "steps", new Evaluation().limits(NONE.withSteps(10_000)));
  }

  @Test
  void memory() {
    ends("long", "memory", new Evaluation().limits(NONE.withMemory(900)));
  }

  @Test
  void depth() {
    Limits two = new Limits(NONE.time(), NONE.steps(), NONE.memory(), 3, NONE.output());
    ends("d3", "depth", new Evaluation().limits(two));
    assertThat(POLICY.document("data.x.d2").evaluate(new Evaluation().limits(two)).value())
        .hasToString("Optional[2]");
  }

  @Test
  void output() {
    ends("answer", "output", new Evaluation().limits(NONE.withOutput(99)));
  }

  @Test
  void aThreadThatIsInterruptedStops() {
    Thread.currentThread().interrupt();
    try {
      RegoException x =
          catchThrowableOfType(
              RegoException.class,
              () -> POLICY.document("data.x.many").evaluate(new Evaluation().limits(NONE)));
      assertThat(x).hasMessageContaining("interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
