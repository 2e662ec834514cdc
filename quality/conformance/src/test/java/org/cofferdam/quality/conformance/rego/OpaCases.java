// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.rego;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.cofferdam.core.rego.Builtin;
import org.cofferdam.core.rego.Evaluation;
import org.cofferdam.core.rego.Policy;
import org.cofferdam.core.rego.QueryResult;
import org.cofferdam.core.rego.RegoCompiler;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNull;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Runs the evaluation cases that OPA publishes, from a folder that holds {@code v0} and {@code v1}.
 */
final class OpaCases {
  /** Outcome of one case; {@code failure} is empty where it passed. */
  record Outcome(String group, String note, String failure) {}

  /** The cases call a function that OPA's own test adds: it waits, and gives null. */
  private static final Builtin SLEEP =
      new Builtin(
          "test.sleep",
          1,
          (c, a) -> {
            LockSupport.parkNanos(1_000_000);
            return RegoNull.NULL;
          });

  private OpaCases() {}

  /** All cases below {@code folder}, run. */
  static List<Outcome> run(Path folder) throws IOException {
    List<Outcome> out = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path p : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        boolean v0 = folder.relativize(p).startsWith("v0");
        String group = (v0 ? "v0/" : "v1/") + p.getParent().getFileName();
        Load load =
            new Load(
                LoadSettings.builder()
                    .setCodePointLimit(1 << 26)
                    .setMaxAliasesForCollections(10_000)
                    .build());
        Map<?, ?> document = (Map<?, ?>) load.loadFromString(Files.readString(p));
        for (Object c : (List<?>) document.get("cases")) {
          Map<?, ?> map = (Map<?, ?>) c;
          out.add(new Outcome(group, String.valueOf(map.get("note")), one(map, v0)));
        }
      }
    }
    return out;
  }

  /** Passed and all, by group. */
  static Map<String, int[]> byGroup(Collection<Outcome> outcomes) {
    Map<String, int[]> map = new TreeMap<>();
    for (Outcome o : outcomes) {
      int[] n = map.computeIfAbsent(o.group, g -> new int[2]);
      n[0] += o.failure.isEmpty() ? 1 : 0;
      n[1]++;
    }
    return map;
  }

  private static String one(Map<?, ?> c, boolean v0) {
    QueryResult result = null;
    RegoException error = null;
    try {
      result = evaluate(c, v0);
    } catch (RegoException e) {
      error = e;
    } catch (RuntimeException | LinkageError e) {
      return "thrown: " + e + " at " + (e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "");
    }
    Object wantError = c.get("want_error");
    Object wantCode = c.get("want_error_code");
    if (wantError != null || wantCode != null) {
      if (error == null) {
        return "no error, but expected " + wantCode + " " + wantError;
      }
      if (wantError != null && !error.getMessage().contains(wantError.toString())) {
        return "error: " + error.getMessage() + ", expected text: " + wantError;
      }
      return wantCode == null || error.code().id().equals(wantCode)
          ? ""
          : "error: " + error.getMessage() + ", expected code: " + wantCode;
    }
    if (error != null || result == null) {
      return "error: " + (error == null ? "" : error.getMessage());
    }
    return compare(
        (List<?>) c.get("want_result"), result, Boolean.TRUE.equals(c.get("sort_bindings")));
  }

  private static QueryResult evaluate(Map<?, ?> c, boolean v0) {
    RegoCompiler compiler = new RegoCompiler().v0(v0).builtin(SLEEP);
    int i = 0;
    if (c.get("modules") instanceof List<?> modules) {
      for (Object m : modules) {
        compiler.add("test-" + i++ + ".rego", m.toString());
      }
    }
    Policy policy = compiler.compile();
    Evaluation e =
        new Evaluation()
            .now(Instant.now())
            .nanos(System::nanoTime)
            .data(c.get("data") == null ? null : value(c.get("data")))
            .strictBuiltins(Boolean.TRUE.equals(c.get("strict_error")));
    if (c.get("input_term") != null) {
      e.input(
          new RegoCompiler()
              .compile()
              .query("result = " + c.get("input_term"))
              .evaluate(new Evaluation())
              .value()
              .orElseThrow());
    } else if (c.containsKey("input") && c.get("input") != null) {
      e.input(value(c.get("input")));
    }
    return policy.query(c.get("query").toString()).evaluate(e);
  }

  private static String compare(List<?> want, QueryResult result, boolean sort) {
    Set<Value> expected = new HashSet<>();
    want.forEach(w -> expected.add(value(w)));
    Set<Value> found = new HashSet<>();
    for (Map<String, Value> row : result.rows()) {
      Map<Value, Value> map = new HashMap<>();
      row.forEach(
          (k, v) -> {
            Value json = Json.parse(Json.write(v));
            if (sort && json instanceof RegoArray a) {
              json = RegoArray.of(a.items().stream().sorted().toList());
            }
            map.put(RegoString.of(k), json);
          });
      found.add(RegoObject.of(map));
    }
    return expected.equals(found) ? "" : "expected " + expected + " found " + found;
  }

  private static Value value(@Nullable Object o) {
    return switch (o) {
      case null -> RegoNull.NULL;
      case Boolean b -> RegoBoolean.of(b);
      case Number n -> RegoNumber.of(new BigDecimal(n.toString()));
      case String s -> RegoString.of(s);
      case List<?> l -> RegoArray.of(l.stream().map(OpaCases::value).toList());
      case Map<?, ?> m -> {
        Map<Value, Value> map = new HashMap<>();
        m.forEach((k, v) -> map.put(RegoString.of(String.valueOf(k)), value(v)));
        yield RegoObject.of(map);
      }
      default -> RegoString.of(o.toString());
    };
  }

  /** Prints the rate by group and what failed; the argument is the folder. */
  public static void main(String[] args) {
    try {
      List<Outcome> all = run(Path.of(args[0]));
      String only = args.length > 1 ? args[1] : "";
      all.stream()
          .filter(o -> !o.failure.isEmpty() && o.group.contains(only))
          .forEach(
              o ->
                  System.out.println(
                      o.group
                          + " | "
                          + o.note
                          + " | "
                          + o.failure
                              .substring(0, Math.min(700, o.failure.length()))
                              .replace("\n", " ")));
      byGroup(all)
          .forEach(
              (g, n) -> {
                if (n[0] < n[1]) {
                  System.out.println(g + " " + n[0] + "/" + n[1]);
                }
              });
      System.out.println(
          all.stream().filter(o -> o.failure.isEmpty()).count() + " of " + all.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
