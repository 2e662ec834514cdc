// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However deep a text is nested, the answer is an error, and the stack is not exhausted. */
class DepthTest {
  private static final int DEEP = 20_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "{",
        "(",
        "f(",
        "{\"a\": ",
        "[x | ",
        "{x: y | ",
        "{x | not ",
        "-",
        "a[",
        "$\"{",
        "1 + ",
        "1 == ",
        "x in ",
        "{1} | "
      })
  void terms(String opening) {
    String text = "package t\np := " + opening.repeat(DEEP) + "1\n";
    assertThatThrownBy(() -> new RegoCompiler().add("t.rego", text).compile())
        .isInstanceOf(RegoException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"not ", "every x in y { ", "some x in ", "x with input as "})
  void literals(String opening) {
    String text = "package t\np if {\n" + opening.repeat(DEEP) + "1\n";
    assertThatThrownBy(() -> new RegoCompiler().add("t.rego", text).compile())
        .isInstanceOf(RegoException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "json.unmarshal [",
        "yaml.unmarshal [",
        "graphql.parse_query {a",
        "graphql.parse_schema type T {a: [",
        "graphql.is_valid {a(b:[",
        "json.verify_schema {\"items\":",
        "json.verify_schema {\"not\":{\"items\":",
        "strings.render_template {{if true}}",
        "strings.render_template {{(",
        "regex.match (",
        "glob.match {",
        "time.parse_duration_ns 1h",
        "rego.parse_module [",
        "units.parse 1",
        "uri.parse a:"
      })
  void textsOfBuiltIns(String call) {
    int space = call.indexOf(' ');
    String name = call.substring(0, space);
    String text = call.substring(space + 1).repeat(DEEP);
    String rest =
        switch (name) {
          case "graphql.is_valid", "regex.match" -> ", \"a\"";
          case "strings.render_template" -> ", {}";
          case "glob.match" -> ", [], \"a\"";
          default -> "";
        };
    String first = name.equals("rego.parse_module") ? "\"f\", " : "";
    Query q =
        new RegoCompiler().compile().query("x = " + name + "(" + first + "input[0]" + rest + ")");
    assertThatCode(() -> q.evaluate(new Evaluation().input(RegoArray.of(RegoString.of(text)))))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void schemasThatReferToThemselves(String opening) {
    Query q =
        new RegoCompiler()
            .compile()
            .query(
                "x = json.match_schema(input[0], {\"$ref\": \"#/definitions/a\", \"definitions\":"
                    + " {\"a\": {\"$ref\": \"#/definitions/b\"}, \"b\": {\"anyOf\": [{\"$ref\":"
                    + " \"#/definitions/a\"}]}}})");
    String text = opening.repeat(50) + "1" + (opening.equals("[") ? "]" : "}").repeat(50);
    assertThatThrownBy(
            () ->
                q.evaluate(
                    new Evaluation().strictBuiltins(true).input(RegoArray.of(RegoString.of(text)))))
        .isInstanceOf(RegoException.class)
        .hasMessageContaining("nested too deep");
  }
}
