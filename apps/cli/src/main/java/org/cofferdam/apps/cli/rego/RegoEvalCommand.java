// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.rego;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.rego.Evaluation;
import org.cofferdam.core.rego.QueryResult;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNull;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Evaluates a query. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    description = "Evaluates a query over policies, data and input. Sets print as sorted arrays.")
final class RegoEvalCommand implements Callable<Integer> {
  @Mixin private PolicyOptions options = new PolicyOptions();
  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    Evaluation e = options.evaluation();
    QueryResult result;
    try {
      result = options.query().evaluate(e);
    } catch (RegoException error) {
      throw RegoFiles.refused(error);
    }
    e.output().forEach(System.err::println);
    Value value = value(result);
    if (output.json()) {
      RegoFiles.print(Map.of("defined", RegoBoolean.of(result.defined()), "result", value));
    } else {
      System.out.println(result.defined() ? Json.writePretty(value, "", "  ") : "undefined");
    }
    return ExitCode.OK;
  }

  /** The value of a reference, or the bindings of a query that has variables of its own. */
  private static Value value(QueryResult result) {
    if (!result.defined()) {
      return RegoNull.NULL;
    }
    if (result.rows().size() == 1
        && result.rows().getFirst().keySet().equals(java.util.Set.of("result"))) {
      return result.value().orElse(RegoNull.NULL);
    }
    List<Value> rows =
        result.rows().stream()
            .map(
                row -> {
                  Map<Value, Value> map = new HashMap<>();
                  row.forEach((k, v) -> map.put(RegoString.of(k), v));
                  return (Value) RegoObject.of(map);
                })
            .toList();
    return RegoArray.of(rows);
  }
}
