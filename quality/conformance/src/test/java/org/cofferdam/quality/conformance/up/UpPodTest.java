// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.note.LogProof;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code up examples/orders} in a virtual machine: once as it should be, and once a tamper. */
@Tag("vm")
class UpPodTest {
  private static final String ORDERS = Cofferdam.example("orders").toString();

  @BeforeAll
  static void needs() {
    Cofferdam.needsVirtualMachines();
  }

  @AfterAll
  static void stop() throws Exception {
    Cofferdam.run("down");
  }

  @Test
  void anOrdinaryDeploymentGetsItsSecretsAndAnswers() throws Exception {
    Cofferdam.Said said = Cofferdam.run("up", ORDERS, "--output", "json");
    assertThat(said.exitCode()).as(said.err()).isZero();
    Json.Obj up = said.json();
    assertThat(up.string("verdict")).isEqualTo("accepted");
    assertThat(texts(up, "released"))
        .containsExactlyInAnyOrder("default/orders-db/password", "default/orders-db/signing-key");
    assertThat(texts(up, "insecure")).contains("development:swtpm-development");
    assertThat(up.string("grade")).startsWith("development");
    assertThat(up.array("open")).isNotEmpty();
    assertThat(up.array("checks")).allSatisfy(c -> assertThat(outcome(c)).isEqualTo("passed"));
    LogProof proof =
        LogProof.parse(up.object("record").string("proof").getBytes(StandardCharsets.UTF_8));
    assertThat(proof.index()).isEqualTo(up.object("record").integer("index"));

    // The receipt is signed with a secret that only the broker had.
    String answer = post(up.string("url") + "/cgi-bin/orders", "item=book&count=2");
    assertThat(
            Json.parse(answer.getBytes(StandardCharsets.UTF_8)).asObject("order").string("receipt"))
        .matches("[0-9a-f]{64}");
    // The helper reaches the main container over localhost and shares its folder.
    assertThat(eventually(up.string("url") + "/cgi-bin/orders/health", "\"orders\":1"))
        .contains("\"orders\":1");
    assertThat(Cofferdam.run("down").exitCode()).isZero();
  }

  @Test
  void aChangedCommandIsRefused() throws Exception {
    refused("command", "pod.orders.args", "--debug");
  }

  @Tag("full")
  @ParameterizedTest
  @CsvSource({
    "image, pod.images, sha256",
    "env, pod.orders.env, LD_PRELOAD",
    "kernel, tpm.pcr4, ''",
    "policy, pod.init-data, ''"
  })
  void everyOtherTamperIsRefused(String tamper, String check, String found) throws Exception {
    refused(tamper, check, found);
  }

  @Tag("full")
  @Test
  void replayedEvidenceIsRefused() throws Exception {
    assertThat(Cofferdam.run("up", ORDERS, "--output", "json").exitCode()).isZero();
    assertThat(Cofferdam.run("down").exitCode()).isZero();
    refused("replay", "binding.nonce", "");
  }

  /** The same refusal when another program edits the file by hand, so nobody was told. */
  @Tag("full")
  @Test
  void anEditByAnotherProgramIsRefusedTheSame() throws Exception {
    Cofferdam.Said said =
        Cofferdam.editedByHand(
            Cofferdam.start("up", ORDERS, "--pause", "--output", "json"),
            "/usr/lib/orders/serve",
            "/usr/lib/orders/audit");
    assertThat(said.exitCode()).as(said.err()).isEqualTo(1);
    assertThat(said.json().string("failedCheck")).isEqualTo("pod.orders.args");
  }

  private static void refused(String tamper, String check, String found) throws Exception {
    Cofferdam.Said said = Cofferdam.run("up", ORDERS, "--tamper", tamper, "--output", "json");
    assertThat(said.refusedBy(check).string("found")).contains(found);
  }

  private static List<String> texts(Json.Obj object, String member) {
    return object.array(member).stream().map(t -> t.asString(member)).toList();
  }

  private static String outcome(Json check) {
    return check.asObject("check").string("outcome");
  }

  private static String eventually(String url, String wanted)
      throws IOException, InterruptedException {
    String answer = "";
    for (int i = 0; i < 60 && !answer.contains(wanted); i++) {
      Thread.sleep(500);
      answer = send(HttpRequest.newBuilder(URI.create(url)).build());
    }
    return answer;
  }

  private static String post(String url, String body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static String send(HttpRequest request) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString()).body();
    }
  }
}
