// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.cofferdam.core.attestation.BuiltInAnchors;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.Report;
import org.cofferdam.core.attestation.SuppliedAnchors;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.attestation.Waiver;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.json.JsonPointer;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.core.reference.ReferenceValue;
import org.cofferdam.quality.foundry.TestTee;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server as people start it, end to end: minted evidence of each TEE gets its secret, across a
 * kill -9 between evidence and secret, under a policy in Rego that was uploaded while it ran; and
 * the bytes of real machines, which carry challenges of their own time, go through the same
 * verifier and the same release rules.
 */
@Tag("full")
class BrokerEndToEndTest {
  private static final String REGO =
      """
      package policy
      import rego.v1
      default allow := false
      allow if {
        data.plugin == "resource"
        data["resource-path"][2] != "forbidden"
        some name
        input.submods.cpu0["ear.veraison.annotated-evidence"][name]
      }
      """;

  @TempDir Path folder;

  @Test
  void everyTeeGetsItsSecretAndNothingElse() throws Exception {
    List<TestTee> tees = TestTee.all(Instant.now());
    Map<String, byte[]> anchors = new HashMap<>();
    Map<String, byte[]> collateral = new HashMap<>();
    for (TestTee tee : tees) {
      anchors.put(tee.use(), tee.anchor());
      collateral.putAll(tee.collateral());
    }
    try (ServerProcess server = new ServerProcess(folder, anchors, collateral, Map.of())) {
      server.start();
      for (TestTee tee : tees) {
        register(
            server,
            tee.wire(),
            List.of(
                ReferenceValue.predicted(
                    "measurement", tee.claim(), Json.of(tee.value()), "what is started")),
            tee.waived());
      }
      server.administer(
          "POST",
          "/kbs/v0/resource-policy",
          OutsideGuest.bytes(
              Json.object()
                  .put(
                      "policy",
                      Base64.getUrlEncoder()
                          .withoutPadding()
                          .encodeToString(REGO.getBytes(StandardCharsets.UTF_8)))
                  .build()));
      Map<TestTee, OutsideGuest> guests = new LinkedHashMap<>();
      for (TestTee tee : tees) {
        OutsideGuest guest = new OutsideGuest(server);
        assertThat(guest.attest(tee.wire(), initData(tee.wire()), tee.evidence()).statusCode())
            .as(tee.wire())
            .isEqualTo(200);
        guests.put(tee, guest);
      }
      server.kill();
      server.start();
      for (Map.Entry<TestTee, OutsideGuest> one : guests.entrySet()) {
        String name = one.getKey().wire();
        OutsideGuest guest = one.getValue();
        assertThat(guest.open(guest.byToken(secret(name)))).isEqualTo("secret of the guest");
        assertThat(guest.open(guest.byCookie(secret(name)))).isEqualTo("secret of the guest");
        assertThat(guest.byToken("default/" + name + "/forbidden").statusCode()).isEqualTo(401);
        assertThat(lastFailed(server, name)).contains("release.resource-policy");
      }
    }
  }

  @Test
  void theBytesOfRealMachinesGoThroughTheSameRules() throws Exception {
    assumeTrue(RecordedTee.areThere(), "no recorded evidence: set -Dcofferdam.shared");
    List<String> told = new ArrayList<>();
    // By the vendor's collateral: two of one platform from different times would be one too many.
    for (List<RecordedTee> tees : RecordedTee.groups()) {
      Path its = Files.createDirectory(folder.resolve(tees.getFirst().wire()));
      Map<String, byte[]> collateral = new HashMap<>();
      Map<String, byte[]> anchors = new HashMap<>();
      for (RecordedTee tee : tees) {
        collateral.putAll(tee.beside());
        anchors.putAll(tee.anchor());
      }
      try (ServerProcess server = new ServerProcess(its, Map.of(), collateral, anchors)) {
        server.start();
        for (RecordedTee tee : tees) {
          told.add(tee.id() + ", waived: " + goThrough(server, tee));
        }
      }
    }
    told.forEach(System.out::println);
  }

  /** Which rules had to be waived, so that it is released as of its time. */
  private static List<String> goThrough(ServerProcess server, RecordedTee tee) throws Exception {
    Report report = verify(tee);
    ReferenceValue value = reference(report.claims());
    register(server, tee.wire(), List.of(value), List.of());
    List<String> before = reasons(simulate(server, tee, report, tee.bytes()));
    register(server, tee.wire(), List.of(value), before);
    Json.Obj after = simulate(server, tee, report, tee.bytes());
    if (tee.wire().equals("tpm")) {
      // Nobody vouches for this TPM's key, and no waiver makes up for that.
      assertThat(reasons(after)).containsExactly("release.status");
    } else {
      assertThat(isReleased(after)).as(tee + " " + after.write()).isTrue();
    }
    assertThat(isReleased(simulate(server, tee, report, flipped(tee.bytes())))).isFalse();
    if (!tee.json().isEmpty()) {
      OutsideGuest guest = new OutsideGuest(server);
      HttpResponse<byte[]> answer =
          guest.attest(tee.wire(), initData(tee.wire()), data -> tee.json());
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(lastFailed(server, tee.wire())).as(tee.id()).contains("binding.nonce");
    }
    return before;
  }

  private static boolean isReleased(Json.Obj answer) {
    return answer.require("released").asBoolean("released");
  }

  private static void register(
      ServerProcess server, String name, List<ReferenceValue> references, List<String> waived)
      throws Exception {
    Instant until = Instant.parse("2030-01-01T00:00:00Z");
    Json body =
        Json.object()
            .put("references", new ReferenceSet("default/" + name, references).toJson())
            .put("initdata", initData(name))
            .put("secrets", Json.strings(List.of("default/" + name + "/*")))
            .put(
                "waivers",
                Json.array(
                    new TreeSet<>(waived)
                        .stream()
                            .map(id -> new Waiver(id, "test", "recorded", until).toJson())
                            .toList()))
            .build();
    server.administer("PUT", "/api/v1/workloads/default/" + name, OutsideGuest.bytes(body));
    for (String path : List.of(secret(name), "default/" + name + "/forbidden")) {
      server.administer(
          "POST",
          "/kbs/v0/resource/" + path,
          "secret of the guest".getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Asks with the evidence as of its own time, over the challenge that it carries. */
  private static Json.Obj simulate(
      ServerProcess server, RecordedTee tee, Report report, Bytes evidence) throws Exception {
    Json document =
        Json.object()
            .put("version", 1)
            .put("at", tee.at())
            .put("kind", report.kind())
            .put("nonce", Json.nullable(carried(tee, report)))
            .put("reportData", Json.Null.NULL)
            .put("audience", Json.Null.NULL)
            .put("issuer", Json.Null.NULL)
            .put("feed", Json.Null.NULL)
            .put("activationDigest", Json.Null.NULL)
            .put("development", false)
            .put("waivers", Json.array(List.of()))
            .put("anchors", Json.array(List.of()))
            .put("evidence", Base64.getEncoder().encodeToString(evidence.toArray()))
            .put(
                "context",
                Json.object()
                    .put("protocol", "0.4.0")
                    .put("tee", tee.wire())
                    .put("initData", initData(tee.wire()))
                    .put(
                        "runtimeData",
                        Json.object().put("nonce", "recorded").put("tee-pubkey", KEY).build())
                    .put("additionalEvidence", "")
                    .build())
            .build();
    return server
        .administer(
            "POST",
            "/api/v1/simulate",
            OutsideGuest.bytes(
                Json.object().put("secret", secret(tee.wire())).put("evidence", document).build()))
        .asObject("answer");
  }

  /** Any key of the right form: the evidence does not bind it. */
  private static final Json KEY =
      Json.parse(
          """
          {"alg":"ECDH-ES+A256KW","crv":"P-256","kty":"EC",
           "x":"WBzCvD8I7bPgsA2dQiCshSJCdCN315bAm9LxaAucDYg",
           "y":"meL2J57hTSBvh3W2iW2CWBsmf38gREvsITiNFjp_lS4"}
          """
              .getBytes(StandardCharsets.UTF_8));

  private static @Nullable String carried(RecordedTee tee, Report report) {
    if (!tee.nonce().isEmpty()) {
      return tee.nonce();
    }
    for (String pointer :
        List.of("/tdx/reportData", "/sgx/reportData", "/snp/report-data", "/nitro/nonce")) {
      Json claim = JsonPointer.find(report.claims(), pointer).orElse(Json.Null.NULL);
      if (claim instanceof Json.Str s && !s.value().isEmpty()) {
        return s.value();
      }
    }
    return null;
  }

  private static Report verify(RecordedTee tee) throws Exception {
    TrustAnchors anchors = BuiltInAnchors.load();
    for (Map.Entry<String, byte[]> file : tee.anchor().entrySet()) {
      for (TrustAnchor anchor : SuppliedAnchors.read(Document.of(file.getKey(), file.getValue()))) {
        anchors = anchors.with(anchor);
      }
    }
    List<Document> beside =
        tee.beside().entrySet().stream().map(f -> Document.of(f.getKey(), f.getValue())).toList();
    return Verifier.create(new JcaSignatureEngine(), Endorsements.of(anchors, beside))
        .verify(
            Evidence.of(tee.bytes().toArray()),
            Expectations.at(Instant.parse(tee.at()), Policy.genuine()))
        .report();
  }

  /** Some measurement that the evidence proves. */
  private static ReferenceValue reference(Json.Obj claims) {
    for (String pointer :
        List.of(
            "/tdx/mrtd",
            "/sgx/mrenclave",
            "/snp/measurement",
            "/cca/realm/cca-realm-initial-measurement",
            "/cove/tvm/initial-measurements/0/value",
            "/nitro/pcrs/0",
            "/tpm/pcrs/sha256/4")) {
      var claim = JsonPointer.find(claims, pointer);
      if (claim.isPresent()) {
        return ReferenceValue.predicted("measurement", pointer, claim.get(), "what was started");
      }
    }
    throw new AssertionError("no measurement in " + claims.write());
  }

  private static Bytes flipped(Bytes evidence) {
    byte[] bytes = evidence.toArray();
    bytes[bytes.length / 2] ^= 1;
    return Bytes.of(bytes);
  }

  private static List<String> reasons(Json.Obj answer) {
    return answer.array("reasons").stream().map(r -> r.asObject("reason").string("id")).toList();
  }

  private static String lastFailed(ServerProcess server, String name) throws Exception {
    List<Json> decisions =
        server
            .administer(
                "GET", "/api/v1/workloads/default/" + name + "/decisions?after=-1", new byte[0])
            .asObject("answer")
            .array("decisions");
    return decisions.getLast().asObject("decision").require("failedChecks").write();
  }

  private static String secret(String name) {
    return "default/" + name + "/secret";
  }

  private static String initData(String name) {
    return """
        version = "0.1.0"
        algorithm = "sha256"

        [data]
        "cofferdam.toml" = '''
        workload = "default/%s"
        '''
        """
        .formatted(name);
  }
}
