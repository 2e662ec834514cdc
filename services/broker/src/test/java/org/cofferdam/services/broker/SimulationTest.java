// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.ContentDigest;
import org.cofferdam.core.ledger.ContentStore;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.ledger.tiles.FileSource;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.core.reference.ReferenceValue;
import org.cofferdam.quality.foundry.Hook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a simulation says is what happens. */
@Tag("full")
class SimulationTest {
  private static final int CASES = Integer.getInteger("cofferdam.test.simulations", 60);
  private static final List<String> PATHS =
      List.of("default/db/password", "default/db/other", "default/none/there", "other/db/key");
  private static final List<String> POLICIES =
      List.of(
          "package policy\nimport rego.v1\nallow := true\n",
          "package policy\nimport rego.v1\ndefault allow := false\n"
              + "allow if data[\"resource-path\"][2] == \"password\"\n",
          "package policy\nimport rego.v1\nallow if input.submods.cpu0[\"ear.status\"]"
              + " == \"affirming\"\n",
          "package policy\nimport rego.v1\nallow if input.iat < input.exp\n");

  @TempDir Path folder;
  private final TestClock clock = new TestClock();
  private final Random random = new Random(20_261_125);
  private final Map<String, Integer> outcomes = new HashMap<>();

  @Test
  void agreesWithWhatReallyHappensInRandomCases() throws Exception {
    TestGuest good = guest("serve");
    try (TestBroker broker = new TestBroker(folder, clock, good.tpm.root().publicKey(), true)) {
      for (String path : PATHS) {
        if (!path.contains("none")) {
          broker.admin.putResource("test", path, secret());
        }
      }
      int agreed = 0;
      for (int i = 0; i < CASES; i++) {
        change(broker);
        String path = PATHS.get(random.nextInt(PATHS.size()));
        Boolean simulated = attest(broker, good, path);
        boolean released = fetch(broker, good, path);
        assertThat(simulated).as("case " + i + " " + broker.lastRecord()).isEqualTo(released);
        agreed++;
      }
      System.out.println(agreed + " of " + CASES + " simulations agree: " + outcomes);
      assertThat(outcomes.get("released")).isPositive();
      assertThat(outcomes).hasSizeGreaterThan(2);
    }
  }

  /** One of the things that decide changes. */
  private void change(TestBroker broker) throws Exception {
    switch (random.nextInt(8)) {
      case 0, 1 -> register(broker);
      case 2 ->
          broker.admin.putResourcePolicy("test", POLICIES.get(random.nextInt(POLICIES.size())));
      case 3 ->
          broker
              .broker
              .limits()
              .putRule("test", PATHS.getFirst(), rule().getBytes(StandardCharsets.UTF_8));
      case 4 -> broker.broker.limits().revoke("test", revocation());
      case 5, 6 -> broker.broker.limits().reinstate("test", revocation());
      default -> clock.move(Duration.ofSeconds(random.nextInt(100)));
    }
    if (broker.admin.workloads().asObject("w").array("workloads").isEmpty()) {
      register(broker);
    }
  }

  private String rule() {
    return switch (random.nextInt(3)) {
      case 0 -> "{\"maxReleases\":" + random.nextInt(3) + "}";
      case 1 -> "{\"notAfter\":\"" + clock.instant().plusSeconds(random.nextInt(200) - 50) + "\"}";
      default -> "{}";
    };
  }

  private static byte[] revocation() {
    return "{\"kind\":\"workload\",\"value\":\"default/orders\",\"reason\":\"test\"}"
        .getBytes(StandardCharsets.UTF_8);
  }

  private void register(TestBroker broker) throws Exception {
    Json body =
        Json.object()
            .put(
                "references",
                new ReferenceSet(
                        TestBroker.WORKLOAD,
                        List.of(
                            ReferenceValue.predicted(
                                "pod.main.args",
                                "/pod/containers/main/args",
                                Json.strings(List.of(random.nextInt(5) == 0 ? "other" : "serve")),
                                "command")))
                    .toJson())
            .put("initdata", TestBroker.initData(TestBroker.WORKLOAD))
            .put(
                "secrets",
                Json.strings(List.of(random.nextInt(4) == 0 ? "default/db/other" : "default/*/*")))
            .build();
    broker.admin.putWorkload("test", TestBroker.WORKLOAD, TestGuest.bytes(body));
  }

  /** Shows evidence, and asks what would come of it before the resource is asked for. */
  private boolean attest(TestBroker broker, TestGuest guest, String path) throws Exception {
    guest.attest(broker);
    return ask(broker, path);
  }

  private boolean fetch(TestBroker broker, TestGuest guest, String path) throws Exception {
    boolean released = broker.kbs.resource(guest.cookie, Optional.empty(), path).status() == 200;
    LedgerRecord last = broker.lastRecord();
    outcomes.merge(released ? "released" : last.reasons().getFirst().id(), 1, Integer::sum);
    return released;
  }

  private boolean ask(TestBroker broker, String path) throws Exception {
    ContentDigest digest = Objects.requireNonNull(broker.lastRecord().evidence());
    byte[] document =
        new ContentStore(new FileSource(folder.resolve("log"))).get(digest).orElseThrow();
    Json question = Json.object().put("secret", path).put("evidence", Json.parse(document)).build();
    return broker
        .broker
        .simulator()
        .simulate(TestGuest.bytes(question))
        .asObject("answer")
        .require("released")
        .asBoolean("released");
  }

  private TestGuest guest(String args) {
    return new TestGuest(
        clock.instant(), TestBroker.initData(TestBroker.WORKLOAD), args, Hook.none());
  }

  private static SecretBytes secret() {
    return SecretBytes.owning("value".getBytes(StandardCharsets.UTF_8));
  }
}
