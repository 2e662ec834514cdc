// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.rego;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferdam.core.rego.Evaluation;
import org.cofferdam.core.rego.RegoCompiler;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;

/** Asks the engine and OPA the same about random policies. */
final class Differential implements AutoCloseable {
  private static final int BATCH = 64;

  private final Process opa;
  private final BufferedWriter to;
  private final BufferedReader from;
  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<String> differences = new ArrayList<>();

  /** A policy with the documents that it is asked about. */
  private record Question(long seed, String module, String input, String data) {}

  Differential(Path binary) throws IOException {
    opa =
        new ProcessBuilder(binary.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    to = new BufferedWriter(new OutputStreamWriter(opa.getOutputStream(), StandardCharsets.UTF_8));
    from = new BufferedReader(new InputStreamReader(opa.getInputStream(), StandardCharsets.UTF_8));
  }

  /** How often each kind of outcome was seen. */
  Map<String, Integer> counts() {
    return counts;
  }

  List<String> differences() {
    return differences;
  }

  void run(long firstSeed, int count) throws IOException {
    for (long s = firstSeed; s < firstSeed + count; s += BATCH) {
      List<Question> batch = new ArrayList<>();
      for (long k = s; k < Math.min(s + BATCH, firstSeed + count); k++) {
        RandomPolicy p = new RandomPolicy(k);
        Question q = new Question(k, p.module(), p.document(), p.document());
        batch.add(q);
        send(q, false);
      }
      to.flush();
      List<Question> again = new ArrayList<>();
      for (Question q : batch) {
        compare(q, from.readLine(), false, again);
      }
      for (Question q : again) {
        send(q, true);
        to.flush();
        compare(q, from.readLine(), true, again);
      }
    }
  }

  /** Asks OPA; {@code whole} without its rule index. */
  private void send(Question q, boolean whole) throws IOException {
    Map<Value, Value> m = new HashMap<>();
    m.put(RegoString.of("whole"), RegoBoolean.of(whole));
    m.put(RegoString.of("modules"), RegoArray.of(RegoString.of(q.module)));
    m.put(RegoString.of("query"), RegoString.of("x = data.t"));
    m.put(RegoString.of("input"), Json.parse(q.input));
    m.put(RegoString.of("data"), RegoObject.of("d", Json.parse(q.data)));
    to.write(Json.write(RegoObject.of(m)));
    to.newLine();
  }

  private static String ours(Question q) {
    try {
      var result =
          new RegoCompiler()
              .add("m0.rego", q.module)
              .compile()
              .query("x = data.t")
              .evaluate(
                  new Evaluation()
                      .input(Json.parse(q.input))
                      .data(RegoObject.of("d", Json.parse(q.data))));
      return result.defined() ? Json.write(result.rows().getFirst().get("x")) : "undefined";
    } catch (RegoException e) {
      return "error " + e.code().id();
    } catch (RuntimeException e) {
      return "THROWN " + e + " " + e.getStackTrace()[0];
    }
  }

  private static final String[] CODES = {
    "rego_type_error",
    "rego_unsafe_var_error",
    "rego_parse_error",
    "rego_compile_error",
    "rego_recursion_error"
  };

  private static String theirs(String line) {
    if (!(Json.parse(line) instanceof RegoObject o)) {
      return "no answer";
    }
    if (o.get("error") instanceof RegoString s) {
      for (String code : CODES) {
        if (s.value().contains(code)) {
          return "error " + code;
        }
      }
      return "error " + (o.get("code") instanceof RegoString c ? c.value() : "");
    }
    Value rows = o.get("result");
    Value first = rows instanceof RegoArray a && a.size() > 0 ? a.valueAt(0) : null;
    Value x = first instanceof RegoObject row ? row.get("x") : null;
    return x == null ? "undefined" : Json.write(x);
  }

  /**
   * Notes whether the answers agree. A conflict that OPA does not see is asked about again, without
   * the index that kept OPA from the body it is in.
   */
  private void compare(Question q, String line, boolean whole, List<Question> again) {
    String a = ours(q);
    String b = theirs(line);
    // A program with several faults may be refused for any of them.
    boolean same =
        a.equals(b)
            || (a.startsWith("error rego") && b.startsWith("error rego"))
            || (!a.startsWith("error") && !b.startsWith("error") && equal(a, b));
    if (!whole && !same && a.equals("error eval_conflict_error")) {
      again.add(q);
      return;
    }
    if (whole && same) {
      counts.merge("explained: OPA's index left out a body with a conflict", 1, Integer::sum);
      return;
    }
    if (b.equals("error eval_internal_error")) {
      counts.merge("explained: OPA failed with eval_internal_error", 1, Integer::sum);
      return;
    }
    String kind = b.startsWith("error") ? b : "value";
    // OPA infers types; this engine does not, and finds the call undefined when it runs.
    boolean types = b.equals("error rego_type_error");
    boolean shared = !same && sharesVariable(q.module, line);
    if (shared) {
      counts.merge(
          "explained: OPA calls unsafe a bound variable that a call's reference and comprehension share",
          1,
          Integer::sum);
      return;
    }
    counts.merge(
        types ? "refused by OPA's type checker" : same ? "same: " + kind : "DIFFERENT",
        1,
        Integer::sum);
    if (!same && !types) {
      differences.add(
          "seed "
              + q.seed
              + "\n"
              + q.module
              + "input "
              + q.input
              + "\ndata.d "
              + q.data
              + "\nours   "
              + a
              + "\ntheirs "
              + b
              + "\n");
    }
  }

  /**
   * OPA 1.22 refuses {@code v := 1; input[v] < {v | true}}, but not the same with {@code =}: there
   * the variable is bound before.
   */
  private static boolean sharesVariable(String module, String line) {
    Matcher m = UNSAFE.matcher(line);
    while (m.find()) {
      String v = m.group(1);
      boolean shared =
          module
              .lines()
              .anyMatch(
                  l ->
                      l.contains("[" + v + "]")
                          && l.contains(" | ")
                          && l.split(v + "\\b", -1).length > 2);
      if (shared) {
        return true;
      }
    }
    return false;
  }

  private static final Pattern UNSAFE = Pattern.compile("var (v\\d+) is unsafe");

  private static boolean equal(String a, String b) {
    try {
      return Json.parse(a).equals(Json.parse(b));
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    to.close();
    opa.destroy();
  }

  /**
   * Arguments: the binary of {@code quality/conformance/opa/evaluate}, the first seed, how many.
   */
  public static void main(String[] args) throws IOException {
    try (Differential d = new Differential(Path.of(args[0]))) {
      d.run(Long.parseLong(args[1]), Integer.parseInt(args[2]));
      d.counts().forEach((k, n) -> System.out.println(k + ": " + n));
      d.differences().stream()
          .limit(args.length > 3 ? Integer.parseInt(args[3]) : 20)
          .forEach(System.out::println);
    }
  }
}
