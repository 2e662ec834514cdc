// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.Value;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The tables of expressions and of modules, one test a line. */
class TableTest {
  private static final Value INPUT =
      Json.parse("{\"a\":{\"b\":1},\"list\":[\"x\",\"y\"],\"k\":\"c\"}");
  private static final Value DATA = Json.parse("{\"d\":{\"x\":7}}");

  private static List<String> lines(String name) throws IOException {
    try (InputStream in = TableTest.class.getResourceAsStream(name)) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(l -> !l.isBlank() && (!l.startsWith("#") || l.startsWith("#!")))
          .map(l -> l.startsWith("#!") ? "#" + l.substring(2) : l)
          .toList();
    }
  }

  private static String answer(String module, String reference) {
    try {
      RegoCompiler c = new RegoCompiler();
      if (!module.isEmpty()) {
        c.add("t.rego", module);
      }
      Optional<Value> v =
          c.compile()
              .document(reference)
              .evaluate(new Evaluation().input(INPUT).data(DATA).strictBuiltins(true))
              .value();
      return v.map(Json::write).orElse("undefined");
    } catch (RegoException e) {
      return "error " + e.code().id();
    }
  }

  private static void check(String module, String reference, String expected) {
    String found = answer(module, reference);
    if (expected.startsWith("error")
        || expected.equals("undefined")
        || found.startsWith("error")
        || found.equals("undefined")) {
      assertThat(found).isEqualTo(expected);
    } else {
      assertThat(Json.parse(found)).isEqualTo(Json.parse(expected));
    }
  }

  @TestFactory
  Stream<DynamicTest> expressions() throws IOException {
    return lines("expressions.txt").stream()
        .map(
            line -> {
              int arrow = line.lastIndexOf(" => ");
              String expression = line.substring(0, arrow);
              return DynamicTest.dynamicTest(
                  expression, () -> check("", "(" + expression + ")", line.substring(arrow + 4)));
            });
  }

  @TestFactory
  Stream<DynamicTest> modules() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    List<String> all = lines("modules.txt");
    for (int i = 0; i < all.size(); i++) {
      if (!all.get(i).startsWith("== ")) {
        continue;
      }
      String name = all.get(i).substring(3);
      StringBuilder module = new StringBuilder("package t\n");
      List<String> questions = new ArrayList<>();
      for (int k = i + 1; k < all.size() && !all.get(k).startsWith("== "); k++) {
        if (all.get(k).startsWith("---")) {
          questions.add(all.get(k).substring(3));
        } else {
          module.append(all.get(k)).append('\n');
        }
      }
      for (String q : questions) {
        int arrow = q.indexOf("=> ");
        String reference = q.substring(0, arrow).strip();
        String path = reference.isEmpty() ? "data.t" : "data.t." + reference;
        tests.add(
            DynamicTest.dynamicTest(
                name + ": " + reference,
                () -> check(module.toString(), path, q.substring(arrow + 3))));
      }
    }
    return tests.stream();
  }
}
