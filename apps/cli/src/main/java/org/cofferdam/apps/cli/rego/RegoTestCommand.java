// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.rego;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.rego.Evaluation;
import org.cofferdam.core.rego.Policy;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the rules whose names begin with {@code test_}. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description =
        "Runs the rules whose names begin with test_; each must be true. todo_test_ is skipped.")
final class RegoTestCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders of modules, or modules.")
  private List<String> folders = new ArrayList<>();

  @Option(names = "-d", paramLabel = "FILE", description = "A JSON object to appear below data.")
  private List<String> data = new ArrayList<>();

  @Option(names = "--v0", description = "Read modules in the syntax before OPA 1.0.")
  private boolean v0;

  @Mixin private OutputOption output = new OutputOption();

  private record Outcome(String rule, String outcome, String detail, List<String> printed) {}

  @Override
  public Integer call() {
    List<Outcome> outcomes = new ArrayList<>();
    try {
      Policy policy = RegoFiles.compiler(folders, v0).compile();
      Value documents = RegoFiles.data(data);
      for (String rule : policy.rules()) {
        String name = rule.substring(rule.lastIndexOf('.') + 1);
        if (name.startsWith("test_")) {
          outcomes.add(run(policy, rule, documents));
        } else if (name.startsWith("todo_test_")) {
          outcomes.add(new Outcome(rule, "skipped", "", List.of()));
        }
      }
    } catch (RegoException e) {
      throw RegoFiles.refused(e);
    }
    long failed =
        outcomes.stream()
            .filter(o -> o.outcome.equals("failed") || o.outcome.equals("error"))
            .count();
    print(outcomes, failed);
    return failed == 0 ? ExitCode.OK : ExitCode.REFUSED;
  }

  private static Outcome run(Policy policy, String rule, Value documents) {
    Evaluation e = RegoFiles.evaluation().data(documents);
    try {
      Optional<Value> v = policy.document(rule).evaluate(e).value();
      boolean passed = v.isPresent() && v.get().truthy();
      String found = v.map(Value::toString).orElse("undefined");
      return new Outcome(rule, passed ? "passed" : "failed", passed ? "" : found, e.output());
    } catch (RegoException error) {
      return new Outcome(rule, "error", String.valueOf(error.getMessage()), e.output());
    }
  }

  private void print(List<Outcome> outcomes, long failed) {
    if (output.json()) {
      List<Value> rows = new ArrayList<>();
      for (Outcome o : outcomes) {
        Map<Value, Value> row = new HashMap<>();
        row.put(RegoString.of("rule"), RegoString.of(o.rule));
        row.put(RegoString.of("outcome"), RegoString.of(o.outcome));
        row.put(RegoString.of("detail"), RegoString.of(o.detail));
        rows.add(RegoObject.of(row));
      }
      RegoFiles.print(
          Map.of(
              "tests", RegoArray.of(rows),
              "count", RegoNumber.of(outcomes.size()),
              "failed", RegoNumber.of(failed)));
      return;
    }
    for (Outcome o : outcomes) {
      if (!o.outcome.equals("passed")) {
        System.out.println(o.rule + ": " + o.outcome + (o.detail.isEmpty() ? "" : ": " + o.detail));
        o.printed.forEach(line -> System.out.println("    " + line));
      }
    }
    System.out.println(
        (outcomes.size() - failed) + " of " + outcomes.size() + " tests passed or were skipped");
  }
}
