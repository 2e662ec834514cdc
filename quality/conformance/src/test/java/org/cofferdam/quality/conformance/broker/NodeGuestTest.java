// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.core.reference.ReferenceValue;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestIntel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A guest in another language with a JOSE library of its own, written from the protocol's
 * description, against the server as it is started by people. Its TEE is a minted TDX.
 */
@Tag("foreign")
class NodeGuestTest {
  private static final String SECRET = "default/orders-db/password";
  private static final String INIT_DATA =
      """
      version = "0.1.0"
      algorithm = "sha256"

      [data]
      "cofferdam.toml" = '''
      workload = "default/orders"
      '''
      """;

  @TempDir static Path folder;
  private static TestIntel intel;
  private static ServerProcess server;
  private static Path node;

  @BeforeAll
  static void start() throws Exception {
    intel = new TestIntel(Instant.now(), Hook.none());
    node = folder.resolve("node");
    install(Path.of(System.getProperty("cofferdam.root")).resolve("quality/conformance/node"));
    Files.createDirectories(folder.resolve("server"));
    server =
        new ServerProcess(
            folder.resolve("server"),
            Map.of("intel-sgx", intel.root().certificate()),
            Map.of("tdx.json", intel.collateral(true)),
            Map.of());
    server.start();
    Json body =
        Json.object()
            .put(
                "references",
                new ReferenceSet(
                        "default/orders",
                        List.of(
                            ReferenceValue.predicted(
                                "tdx.mrtd",
                                "/tdx/mrtd",
                                Json.of(Hex.encode(measurement())),
                                "firmware")))
                    .toJson())
            .put("initdata", INIT_DATA)
            .put("secrets", Json.strings(List.of(SECRET)))
            .build();
    server.administer(
        "PUT", "/api/v1/workloads/default/orders", body.write().getBytes(StandardCharsets.UTF_8));
    server.administer(
        "POST", "/kbs/v0/resource/" + SECRET, "hunter2".getBytes(StandardCharsets.UTF_8));
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void theGoldenVectorsHold() throws Exception {
    Process golden = new ProcessBuilder("node", "golden.mjs").directory(node.toFile()).start();
    assertThat(new String(golden.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("\"hold\":true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"P-256", "P-384", "P-521", "RSA-2048", "RSA-4096"})
  void aGuestOpensItsSecretWithEachKindOfKey(String type) throws Exception {
    Json.Obj got = guest(type);
    String secret = Base64.getEncoder().encodeToString("hunter2".getBytes(StandardCharsets.UTF_8));
    assertThat(got.string("byCookie")).isEqualTo(secret);
    assertThat(got.string("byToken")).isEqualTo(secret);
    assertThat(got.object("denied").integer("status")).isEqualTo(401);
    assertThat(got.object("denied").string("detail")).isEqualTo("Access denied by policy");
    assertThat(got.string("algorithm")).isEqualTo("ES256");
    assertThat(got.string("profile"))
        .isEqualTo("tag:github.com,2024:confidential-containers/Trustee");
    assertThat(got.require("sameKey").asBoolean("sameKey")).isTrue();
  }

  private static Json.Obj guest(String type) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                "node",
                "guest.mjs",
                server.plain().toString().replaceAll("/$", ""),
                "tdx",
                SECRET,
                "default/other/secret",
                type)
            .directory(node.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("INIT_DATA", INIT_DATA);
    Process guest = builder.start();
    try (BufferedReader out = guest.inputReader();
        Writer in = guest.outputWriter()) {
      byte[] reportData = Base64.getDecoder().decode(line(out).string("reportData"));
      in.write(evidence(reportData).write() + "\n");
      in.flush();
      return line(out);
    } finally {
      guest.destroyForcibly();
    }
  }

  private static Json.Obj line(BufferedReader out) throws IOException {
    String line = out.readLine();
    assertThat(line).as("the guest ended early").isNotNull();
    return Json.parse(line.getBytes(StandardCharsets.UTF_8)).asObject("line");
  }

  private static Json evidence(byte[] reportData) {
    byte[] register = new byte[48];
    byte[] quote =
        intel.tdxQuote(
            measurement(),
            List.of(register, register, register, register),
            Arrays.copyOf(reportData, 64));
    return Json.object()
        .put("cc_eventlog", Json.Null.NULL)
        .put("quote", Base64.getEncoder().encodeToString(quote))
        .build();
  }

  private static byte[] measurement() {
    byte[] measurement = new byte[48];
    Arrays.fill(measurement, (byte) 7);
    return measurement;
  }

  /** The sources in a folder of the test, with the library beside them. */
  private static void install(Path sources) throws Exception {
    assumeTrue(works("node", "--version") && works("npm", "--version"), "Node is not installed");
    Files.createDirectories(node);
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, node.resolve(file.getFileName()));
      }
    }
    assumeTrue(
        works("npm", "install", "--no-audit", "--no-fund", "--no-package-lock"),
        "npm cannot install the library: there is no registry");
  }

  private static boolean works(String... command) throws IOException, InterruptedException {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(new ArrayList<>(List.of(command)))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      if (Files.isDirectory(node)) {
        builder.directory(node.toFile());
      }
      Process process = builder.start();
      return process.waitFor(120, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
