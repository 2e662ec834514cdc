// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.rego;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.rego.Explanation;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNull;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says why a query has its answer. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Shows the literals that failed on the way to a query's answer, with what they saw.")
final class RegoExplainCommand implements Callable<Integer> {
  @Mixin private PolicyOptions options = new PolicyOptions();
  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    Explanation x;
    try {
      x = options.query().explain(options.evaluation());
    } catch (RegoException error) {
      throw RegoFiles.refused(error);
    }
    Value value = x.value() == null ? RegoNull.NULL : x.value();
    if (output.json()) {
      RegoFiles.print(
          Map.of(
              "defined", RegoBoolean.of(x.value() != null),
              "result", value,
              "failures",
                  RegoArray.of(x.failures().stream().map(RegoExplainCommand::json).toList())));
      return ExitCode.OK;
    }
    System.out.println(x.value() == null ? "undefined" : value.toString());
    for (Explanation.Failure f : x.failures()) {
      System.out.println(
          f.at() + ": " + f.text() + (f.times() > 1 ? " (" + f.times() + " times)" : ""));
      if (!f.rules().isEmpty()) {
        System.out.println("    in " + String.join(" > ", f.rules()));
      }
      f.values().forEach((part, v) -> System.out.println("    " + part + " is " + v));
    }
    return ExitCode.OK;
  }

  private static Value json(Explanation.Failure f) {
    Map<Value, Value> values = new HashMap<>();
    f.values().forEach((k, v) -> values.put(RegoString.of(k), RegoString.of(v)));
    List<Value> rules = new ArrayList<>();
    f.rules().forEach(r -> rules.add(RegoString.of(r)));
    Map<Value, Value> out = new HashMap<>();
    out.put(RegoString.of("file"), RegoString.of(f.at().file()));
    out.put(RegoString.of("row"), RegoNumber.of(f.at().row()));
    out.put(RegoString.of("column"), RegoNumber.of(f.at().column()));
    out.put(RegoString.of("literal"), RegoString.of(f.text()));
    out.put(RegoString.of("rules"), RegoArray.of(rules));
    out.put(RegoString.of("values"), RegoObject.of(values));
    out.put(RegoString.of("times"), RegoNumber.of(f.times()));
    return RegoObject.of(out);
  }
}
