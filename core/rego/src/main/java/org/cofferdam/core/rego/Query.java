// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.rego.compile.Program;
import org.cofferdam.core.rego.eval.Frame;
import org.cofferdam.core.rego.eval.Machine;
import org.cofferdam.core.rego.eval.Tracer;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** A planned query: immutable, for any number of threads. */
public final class Query {
  private final Program program;
  private final Program.Query plan;

  Query(Program program, Program.Query plan) {
    this.program = program;
    this.plan = plan;
  }

  /**
   * Finds all solutions.
   *
   * @throws RegoException where the policy is in conflict with itself, a limit is reached, or
   *     (strict only) a built-in fails
   */
  public QueryResult evaluate(Evaluation e) {
    return evaluate(e, null);
  }

  /**
   * Finds out why the query has its answer. Slower than {@link #evaluate}: no rule is left out by
   * the index.
   *
   * @throws RegoException as {@link #evaluate} does
   */
  public Explanation explain(Evaluation e) {
    Explainer explainer = new Explainer();
    QueryResult result = evaluate(e, explainer);
    return new Explanation(result.value().orElse(null), explainer.failures());
  }

  private QueryResult evaluate(Evaluation e, @Nullable Tracer tracer) {
    Machine machine = e.machine(tracer);
    Frame frame = new Frame(plan.slots(), machine, e.context(program.ruleSets()));
    List<Map<String, Value>> rows = new ArrayList<>();
    long[] size = new long[1];
    try {
      plan.body()
          .run(
              frame,
              f -> {
                Map<String, Value> row = new LinkedHashMap<>();
                plan.variables()
                    .forEach(
                        (name, slot) -> {
                          Value v = f.slot(slot);
                          if (v != null) {
                            row.put(name, v);
                            size[0] += size(v);
                          }
                        });
                if (size[0] > e.limits().output()) {
                  throw new RegoException(
                      ErrorCode.EVAL_CANCEL_ERROR,
                      Location.NONE,
                      "limit reached: output: more than " + e.limits().output() + " elements");
                }
                rows.add(row);
                return false;
              });
    } catch (StackOverflowError overflow) {
      throw new RegoException(
          ErrorCode.EVAL_CANCEL_ERROR, Location.NONE, "limit reached: depth: the stack is full");
    }
    return new QueryResult(rows);
  }

  private static long size(Value v) {
    if (v instanceof RegoString s) {
      return 1L + s.value().length();
    }
    long n = 1;
    for (int i = 0; i < v.size(); i++) {
      n += size(v.valueAt(i)) + 1;
    }
    return n;
  }
}
