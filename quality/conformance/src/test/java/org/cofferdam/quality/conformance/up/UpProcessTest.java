// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.note.LogProof;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code up examples/orders --pattern process}: real processes in real namespaces, no enclave. */
class UpProcessTest {
  private static final String ORDERS = Cofferdam.example("orders").toString();

  @BeforeAll
  static void needs() throws InterruptedException {
    Cofferdam.needsNamespaces();
  }

  @AfterAll
  static void stop() throws Exception {
    Cofferdam.run("down");
  }

  @Test
  void theMainContainerGetsItsSecretsAndAnswers() throws Exception {
    Cofferdam.Said said = up();
    assertThat(said.exitCode()).as(said.err()).isZero();
    Json.Obj up = said.json();
    assertThat(up.string("verdict")).isEqualTo("accepted");
    assertThat(texts(up, "released"))
        .containsExactlyInAnyOrder(
            "default/orders-db/password",
            "default/orders-db/signing-key",
            "default/orders/volume-store");
    assertThat(up.string("grade")).startsWith("development sandbox, no enclave");
    assertThat(texts(up, "insecure")).contains("development:development-sandbox");
    assertThat(up.array("checks"))
        .allSatisfy(c -> assertThat(c.asObject("c").string("outcome")).isEqualTo("passed"));
    LogProof proof =
        LogProof.parse(up.object("record").string("proof").getBytes(StandardCharsets.UTF_8));
    assertThat(proof.index()).isEqualTo(up.object("record").integer("index"));

    // The receipt is signed with a secret that only the broker had.
    String answer = post(up.string("url") + "/cgi-bin/orders", "item=book&count=2");
    assertThat(
            Json.parse(answer.getBytes(StandardCharsets.UTF_8)).asObject("order").string("receipt"))
        .matches("[0-9a-f]{64}");

    Path run = run(Cofferdam.run("status", "--output", "json").json());
    confined(run);
    // The helper outside reached the unit, after it had verified the quote in its certificate.
    assertThat(eventually(run.resolve("unit/status.jsonl"), "\"channel\"")).contains("audit");
    // What the unit stores lies on the host, but nobody there can read it.
    assertThat(eventually(run.resolve("unit/volumes/store.sealed"), "CFVOL001"))
        .startsWith("CFVOL001")
        .doesNotContain("book");
    assertThat(Cofferdam.run("down").exitCode()).isZero();
  }

  /** What the kernel says of the program: its user, no privileges, namespaces, a closed root. */
  private static void confined(Path run) throws Exception {
    Json.Obj state = Json.parse(Files.readAllBytes(run.resolve("unit/state.json"))).asObject("s");
    long host = state.object("host").integer("pid");
    ProcessHandle program =
        ProcessHandle.of(host)
            .orElseThrow()
            .descendants()
            .filter(p -> p.info().commandLine().orElse("").contains("httpd"))
            .findFirst()
            .orElseThrow();
    Path proc = Path.of("/proc", Long.toString(program.pid()));
    String status = Files.readString(proc.resolve("status"));
    assertThat(status).contains("NoNewPrivs:\t1", "CapEff:\t0000000000000000");
    if (System.getProperty("user.name").equals("root")) {
      assertThat(status).contains("Uid:\t10001\t10001");
    }
    for (String namespace : List.of("mnt", "pid", "net", "ipc", "uts")) {
      assertThat(Files.readSymbolicLink(proc.resolve("ns").resolve(namespace)))
          .as(namespace)
          .isNotEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns", namespace)));
    }
    assertThatThrownBy(() -> Files.writeString(proc.resolve("root/usr/bin/new"), "x"))
        .hasMessageContaining("Read-only file system");
  }

  @Test
  void aChangedCommandIsRefused() throws Exception {
    refused("command", "sgx.mrenclave", "containers/0/args");
  }

  @ParameterizedTest
  @CsvSource({
    "image, sgx.mrenclave, /usr/bin/busybox",
    "env, sgx.mrenclave, containers/0/env",
    "policy, sgx.mrenclave, broker"
  })
  @Tag("full")
  void everyOtherTamperIsRefused(String tamper, String check, String place) throws Exception {
    refused(tamper, check, place);
  }

  @Test
  @Tag("full")
  void replayedEvidenceIsRefused() throws Exception {
    assertThat(up().exitCode()).isZero();
    refused("replay", "binding.nonce", "");
  }

  @Test
  void thereIsNoKernelToTamperWith() throws Exception {
    Cofferdam.Said said = up("--tamper", "kernel");
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("does not apply");
  }

  /** The same refusal when another program edits the file by hand, so nobody was told. */
  @Tag("full")
  @Test
  void anEditByAnotherProgramIsRefusedTheSame() throws Exception {
    Cofferdam.Said said =
        Cofferdam.editedByHand(
            Cofferdam.start("up", ORDERS, "--pattern", "process", "--pause", "--output", "json"),
            "/usr/lib/orders/serve",
            "/usr/lib/orders/audit");
    assertThat(said.exitCode()).as(said.err()).isEqualTo(1);
    assertThat(said.json().string("failedCheck")).isEqualTo("sgx.mrenclave");
    assertThat(said.err()).contains("/usr/lib/orders/audit");
  }

  private static Cofferdam.Said up(String... more) throws Exception {
    List<String> arguments =
        new java.util.ArrayList<>(List.of("up", ORDERS, "--pattern", "process"));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--output", "json"));
    return Cofferdam.run(arguments.toArray(String[]::new));
  }

  private static void refused(String tamper, String check, String place) throws Exception {
    Cofferdam.Said said = up("--tamper", tamper);
    assertThat(said.refusedBy(check).string("found")).isNotEmpty();
    assertThat(said.err()).contains(place);
  }

  private static Path run(Json.Obj status) {
    return status.array("runs").stream()
        .map(r -> r.asObject("run"))
        .filter(r -> r.require("running").equals(Json.of(true)))
        .map(r -> Path.of(r.string("folder")))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> texts(Json.Obj object, String member) {
    return object.array(member).stream().map(t -> t.asString(member)).toList();
  }

  private static String eventually(Path file, String wanted) throws Exception {
    String text = "";
    for (int i = 0; i < 200 && !text.contains(wanted); i++) {
      Thread.sleep(50);
      text = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    }
    return text;
  }

  private static String post(String url, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString()).body();
    }
  }
}
