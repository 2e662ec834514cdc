// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cofferdam.apps.cli.Main;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.json.JsonPointer;
import org.cofferdam.core.bytes.x509.Pem;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every recorded case through {@code cofferdam verify --output json}, in one process. */
class CasesThroughCommandTest {
  private static final Path VECTORS =
      Path.of(System.getProperty("cofferdam.shared", "../shared"), "vectors");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    Path file = VECTORS.resolve("cases.json");
    assumeTrue(Files.exists(file), "no recorded evidence at " + VECTORS);
    List<Json.Obj> cases = new ArrayList<>();
    for (Json json : Json.parse(Files.readAllBytes(file)).asArray("cases")) {
      cases.add(json.asObject("case"));
    }
    return cases.stream()
        .filter(c -> !c.string("tee").equals("eventlog"))
        .map(c -> DynamicTest.dynamicTest(c.string("id"), () -> judge(c)));
  }

  private void judge(Json.Obj c) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("verify", "--output", "json"));
    arguments.add(gather(c, "evidence"));
    if (c.get("collateral").isPresent()) {
      arguments.add("--endorsements");
      arguments.add(gather(c, "collateral"));
    }
    arguments.add("--at");
    arguments.add(
        c.get("verification_time").isPresent()
            ? c.string("verification_time")
            : "2026-11-01T00:00:00Z");
    for (Json anchor : anchors(c)) {
      arguments.add("--trust-anchor");
      arguments.add(anchor(anchor.asString("trust_anchor")));
    }
    for (String input : List.of("nonce", "audience", "issuer", "feed")) {
      JsonPointer.find(c, "/inputs/" + input)
          .ifPresent(v -> arguments.addAll(List.of("--" + input, v.asString(input))));
    }
    JsonPointer.find(c, "/inputs/challenge")
        .filter(v -> v instanceof Json.Str)
        .ifPresent(v -> arguments.addAll(List.of("--nonce", v.asString("challenge"))));

    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int exit;
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      exit = Main.commandLine().execute(arguments.toArray(String[]::new));
    } finally {
      System.setOut(before);
    }
    Json.Obj result = Json.parse(printed.toByteArray()).asObject("result");
    String verdict = result.string("verdict");
    assertThat(exit).isEqualTo(verdict.equals("accepted") ? 0 : verdict.equals("refused") ? 1 : 3);
    String why = arguments + " " + result.array("checks") + result.array("insecure");
    switch (c.string("verdict")) {
      case "valid" -> valid(c, result, why);
      case "invalid" -> assertThat(verdict).as(why).isNotEqualTo("accepted");
      default -> assertThat(verdict).as(why).isEqualTo("undecided");
    }
  }

  /** Accepted, or turned down by the policy alone where the case says that it is out of date. */
  private static void valid(Json.Obj c, Json.Obj result, String why) {
    boolean rejected =
        JsonPointer.find(c, "/expect/defaultPolicyRejectReasons")
                .filter(r -> !r.asArray("reasons").isEmpty())
                .isPresent()
            || JsonPointer.find(c, "/expect/tcbStatus")
                .filter(s -> !s.asString("tcbStatus").equals("UpToDate"))
                .isPresent();
    if (c.string("tee").equals("azure-tdx-vtpm")) {
      // These cases state no TCB: out of date by their own collateral, or without any.
      assertThat(result.string("verdict")).as(why).isIn("refused", "undecided");
    } else if (c.string("tee").equals("azure-aci")) {
      // Without the certificate of the report's signer: judged by the checks of the endorsement.
      assertThat(result.string("verdict")).as(why).isEqualTo("undecided");
      assertThat(result.array("checks"))
          .as(why)
          .noneMatch(k -> k.asObject("check").string("outcome").equals("failed"));
    } else {
      assertThat(result.string("verdict")).as(why).isEqualTo(rejected ? "refused" : "accepted");
    }
  }

  private static List<Json> anchors(Json.Obj c) {
    return switch (c.get("trust_anchor").orElse(Json.Null.NULL)) {
      case Json.Str one -> List.of(one);
      case Json.Arr many -> many.items();
      default -> List.of();
    };
  }

  /** A file of the vectors, or the certificate that the list of anchors holds under this id. */
  private String anchor(String id) throws IOException {
    if (Files.isRegularFile(VECTORS.resolve(id))) {
      return VECTORS.resolve(id).toString();
    }
    Json.Obj all =
        Json.parse(Files.readAllBytes(VECTORS.resolve("trust-anchors.json"))).asObject("anchors");
    for (Json json : all.array("anchors")) {
      if (json.asObject("anchor").string("id").equals(id)) {
        String pem = json.asObject("anchor").string("pem");
        assertThat(Pem.certificates(pem)).hasSize(1);
        return Files.writeString(folder.resolve(id + ".pem"), pem).toString();
      }
    }
    throw new IllegalStateException("no trust anchor " + id);
  }

  /** One file as it is; several in a directory of their own. */
  private String gather(Json.Obj c, String member) throws IOException {
    List<Json> names = c.array(member);
    if (names.size() == 1) {
      return VECTORS.resolve(names.getFirst().asString(member)).toString();
    }
    Path directory = Files.createTempDirectory(folder, member);
    int count = 0;
    for (Json name : names) {
      Path file = VECTORS.resolve(name.asString(member));
      Files.copy(file, directory.resolve("%02d-%s".formatted(count++, file.getFileName())));
    }
    return directory.toString();
  }
}
