// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cofferdam.core.rego.Evaluation;
import org.cofferdam.core.rego.Query;
import org.cofferdam.core.rego.RegoCompiler;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The JSON Schema organisation's test suite for drafts 4, 6 and 7, as OPA's module has it, through
 * {@code json.match_schema}. Left out is what is about schemas that are fetched, and the cases that
 * OPA changed because its compiler does not look at patterns; its built-in does.
 */
@Tag("foreign")
class JsonSchemaSuiteTest {
  private final Query match =
      new RegoCompiler()
          .compile()
          .query(
              "result = json.match_schema(json.marshal(input.data), json.marshal(input.schema))[0]");

  private int cases;
  private final List<String> failures = new ArrayList<>();

  @Test
  void drafts4And6And7() throws Exception {
    Path module = OpaModule.folder();
    assumeTrue(module != null, "OPA's Go module is not there");
    for (String draft : List.of("draft4", "draft6", "draft7")) {
      run(module.resolve("internal/gojsonschema/testdata").resolve(draft));
    }
    System.out.println(cases - failures.size() + " of " + cases + " cases pass");
    failures.forEach(System.out::println);
    assertThat(cases).isGreaterThan(900);
    assertThat(failures).isEmpty();
  }

  private void run(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path p : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        // Both refer to schemas on the network.
        if (p.endsWith("refRemote.json") || p.endsWith("definitions.json")) {
          continue;
        }
        for (Value group : ((RegoArray) Json.parse(Files.readString(p))).items()) {
          Value schema = member(group, "schema");
          if (Json.write(schema).contains("json-schema.org/draft")) {
            continue;
          }
          for (Value test : ((RegoArray) member(group, "tests")).items()) {
            one(folder.getFileName() + "/" + p.getFileName(), group, schema, test);
          }
        }
      }
    }
  }

  private static Value member(Value v, String name) {
    Value m = ((RegoObject) v).get(name);
    assertThat(m).isNotNull();
    return m;
  }

  private void one(String file, Value group, Value schema, Value test) {
    if (member(test, "description").toString().contains("but ignored")) {
      return;
    }
    cases++;
    boolean valid = member(test, "valid") == RegoBoolean.TRUE;
    String name = file + ": " + member(group, "description") + ": " + member(test, "description");
    Value input =
        RegoObject.of(
            Map.of(RegoString.of("data"), member(test, "data"), RegoString.of("schema"), schema));
    try {
      Value found =
          match.evaluate(new Evaluation().input(input).strictBuiltins(true)).value().orElseThrow();
      if (found != RegoBoolean.of(valid)) {
        failures.add(name);
      }
    } catch (RuntimeException e) {
      failures.add(name + ": " + e.getMessage());
    }
  }
}
