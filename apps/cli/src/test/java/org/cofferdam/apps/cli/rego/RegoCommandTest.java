// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.rego;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cofferdam.apps.cli.Main;
import org.cofferdam.core.bytes.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fixed forms of {@code cofferdam rego}. */
class RegoCommandTest {
  @TempDir private Path folder;

  private record Outcome(int code, String out) {
    Json.Obj json() {
      return Json.parse(out.getBytes(StandardCharsets.UTF_8)).asObject("output");
    }
  }

  private static Outcome run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      return new Outcome(
          Main.commandLine().execute(args), out.toString(StandardCharsets.UTF_8).strip());
    } finally {
      System.setOut(before);
    }
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private String policy() throws IOException {
    return file(
        "p.rego",
        """
        package p

        default allow := false

        allow if {
          input.user in data.users
          input.level > 2
        }

        names contains u if some u in data.users
        """);
  }

  @Test
  void evalGivesTheValueOfAReference() throws IOException {
    String data = file("d.json", "{\"users\": [\"b\", \"a\"]}");
    String input = file("i.json", "{\"user\": \"a\", \"level\": 3}");
    Outcome o =
        run(
            "rego",
            "eval",
            "-m",
            policy(),
            "-d",
            data,
            "-i",
            input,
            "data.p.allow",
            "--output",
            "json");
    assertThat(o).isEqualTo(new Outcome(0, "{\"defined\":true,\"result\":true}"));
  }

  @Test
  void evalPrintsSetsAsSortedArrays() throws IOException {
    String data = file("d.json", "{\"users\": [\"b\", \"a\"]}");
    Outcome o = run("rego", "eval", "-m", policy(), "-d", data, "data.p.names", "--output", "json");
    assertThat(o).isEqualTo(new Outcome(0, "{\"defined\":true,\"result\":[\"a\",\"b\"]}"));
  }

  @Test
  void evalSaysUndefined() throws IOException {
    Outcome o = run("rego", "eval", "-m", policy(), "data.p.nothing", "--output", "json");
    assertThat(o).isEqualTo(new Outcome(0, "{\"defined\":false,\"result\":null}"));
    assertThat(run("rego", "eval", "-m", policy(), "data.p.nothing"))
        .isEqualTo(new Outcome(0, "undefined"));
  }

  @Test
  void evalNeedsNoModule() {
    assertThat(run("rego", "eval", "1 + 1", "--output", "json"))
        .isEqualTo(new Outcome(0, "{\"defined\":true,\"result\":2}"));
  }

  @Test
  void evalReadsTheOldSyntaxOnlyWhereItIsAskedFor() throws IOException {
    String old = file("old.rego", "package old\np[x] { x := [1, 2][_] }\n");
    assertThat(run("rego", "eval", "--v0", "-m", old, "data.old.p", "--output", "json"))
        .isEqualTo(new Outcome(0, "{\"defined\":true,\"result\":[1,2]}"));
    assertThat(run("rego", "eval", "-m", old, "data.old.p").code()).isEqualTo(1);
  }

  @Test
  void evalRefusesWhatIsInConflict() throws IOException {
    String m = file("c.rego", "package c\np := 1 if { true }\np := 2 if { true }\n");
    assertThat(run("rego", "eval", "-m", m, "data.c.p", "--output", "json").code()).isEqualTo(1);
  }

  @Test
  void checkNamesFileLineAndColumn() throws IOException {
    String good = policy();
    String bad = file("bad.rego", "package bad\n\np if {\n  x := 1 +\n}\n");
    Outcome o = run("rego", "check", good, bad, "--output", "json");
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.json().require("valid")).isEqualTo(Json.of(false));
    Json.Obj error = o.json().array("errors").getFirst().asObject("element");
    assertThat(error.string("code")).isEqualTo("rego_parse_error");
    assertThat(error.string("file")).isEqualTo(bad);
    assertThat(error.integer("row")).isEqualTo(5);
    assertThat(error.integer("column")).isEqualTo(1);
    assertThat(run("rego", "check", bad).out()).startsWith(bad + ":5:1: rego_parse_error: ");
  }

  @Test
  void checkReportsAllFilesThatDoNotParse() throws IOException {
    String a = file("a.rego", "package\n");
    String b = file("b.rego", "package b\np := \n");
    assertThat(run("rego", "check", a, b, "--output", "json").json().array("errors")).hasSize(2);
  }

  @Test
  void checkFindsUnsafeVariables() throws IOException {
    String m = file("u.rego", "package u\np if {\n  not x == 1\n}\n");
    Json.Obj error =
        run("rego", "check", m, "--output", "json")
            .json()
            .array("errors")
            .getFirst()
            .asObject("element");
    assertThat(error.string("code")).isEqualTo("rego_unsafe_var_error");
    assertThat(error.integer("row")).isEqualTo(3);
  }

  @Test
  void checkAcceptsAFolder() throws IOException {
    policy();
    assertThat(run("rego", "check", folder.toString(), "--output", "json"))
        .isEqualTo(new Outcome(0, "{\"errors\":[],\"valid\":true}"));
  }

  @Test
  void testRunsTestRules() throws IOException {
    policy();
    file(
        "p_test.rego",
        """
        package p_test

        import data.p

        test_allowed if p.allow with input as {"user": "a", "level": 3} with data.users as ["a"]

        test_refused if not p.allow with input as {"user": "a", "level": 2} with data.users as ["a"]

        test_wrong if p.allow

        todo_test_later if false

        helper := 1
        """);
    Outcome o = run("rego", "test", folder.toString(), "--output", "json");
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.json().integer("count")).isEqualTo(4);
    assertThat(o.json().integer("failed")).isEqualTo(1);
    List<String> outcomes =
        o.json().array("tests").stream()
            .map(
                t ->
                    t.asObject("element").string("rule")
                        + " "
                        + t.asObject("element").string("outcome"))
            .toList();
    assertThat(outcomes)
        .containsExactly(
            "data.p_test.test_allowed passed",
            "data.p_test.test_refused passed",
            "data.p_test.test_wrong failed",
            "data.p_test.todo_test_later skipped");
  }

  @Test
  void explainShowsWhatFailedAndWhatItSaw() throws IOException {
    String data = file("d.json", "{\"users\": [\"b\", \"a\"]}");
    String input = file("i.json", "{\"user\": \"a\", \"level\": 1}");
    String m = policy();
    Outcome o =
        run(
            "rego",
            "explain",
            "-m",
            m,
            "-d",
            data,
            "-i",
            input,
            "data.p.allow",
            "--output",
            "json");
    assertThat(o.code()).isZero();
    assertThat(o.json().require("result")).isEqualTo(Json.of(false));
    Json.Obj failure = o.json().array("failures").getFirst().asObject("element");
    assertThat(failure.string("literal")).isEqualTo("input.level > 2");
    assertThat(failure.string("file")).isEqualTo(m);
    assertThat(failure.integer("row")).isEqualTo(7);
    assertThat(failure.require("values").write()).contains("\"input.level\":\"1\"");
  }
}
