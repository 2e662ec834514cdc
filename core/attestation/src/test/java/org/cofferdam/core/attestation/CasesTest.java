// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.json.JsonPointer;
import org.cofferdam.core.bytes.x509.Pem;
import org.cofferdam.core.evidence.eventlog.EventLog;
import org.cofferdam.core.evidence.eventlog.EventReplay;
import org.cofferdam.core.evidence.tpm.TpmHash;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Recorded evidence of real machines, and what must come out of it. */
class CasesTest {
  private static final Path VECTORS =
      Path.of(System.getProperty("cofferdam.shared", "../shared"), "vectors");

  @TestFactory
  Stream<DynamicTest> sgx() throws IOException {
    return cases("sgx").map(c -> test(c, () -> judge(c)));
  }

  @TestFactory
  Stream<DynamicTest> tdx() throws IOException {
    return cases("tdx").map(c -> test(c, () -> judge(c)));
  }

  @TestFactory
  Stream<DynamicTest> tpm() throws IOException {
    return cases("tpm").map(c -> test(c, () -> judge(c)));
  }

  @TestFactory
  Stream<DynamicTest> azureSnp() throws IOException {
    return cases("azure-snp-vtpm").map(c -> test(c, () -> judge(c)));
  }

  @TestFactory
  Stream<DynamicTest> azureTdx() throws IOException {
    return cases("azure-tdx-vtpm").map(c -> test(c, () -> judge(c)));
  }

  @TestFactory
  Stream<DynamicTest> eventlog() throws IOException {
    return cases("eventlog").map(c -> test(c, () -> replay(c)));
  }

  private static DynamicTest test(Json.Obj c, org.junit.jupiter.api.function.Executable body) {
    return DynamicTest.dynamicTest(c.string("id"), body);
  }

  /** The visible skip: a clone without the recorded evidence runs one skipped test a kind. */
  private static Stream<Json.Obj> cases(String tee) throws IOException {
    Path file = VECTORS.resolve("cases.json");
    assumeTrue(Files.exists(file), "no recorded evidence at " + VECTORS);
    return Json.parse(Files.readAllBytes(file)).asArray("cases").stream()
        .map(c -> c.asObject("case"))
        .filter(c -> c.string("tee").equals(tee));
  }

  private static void judge(Json.Obj c) throws IOException {
    VerificationResult result = verify(c);
    Report report = result.report();
    boolean rejected =
        JsonPointer.find(c, "/expect/defaultPolicyRejectReasons")
                .filter(r -> !r.asArray("reasons").isEmpty())
                .isPresent()
            || JsonPointer.find(c, "/expect/tcbStatus")
                .filter(s -> !s.asString("tcbStatus").equals("UpToDate"))
                .isPresent();
    String failed =
        report.failedChecks()
            + " "
            + report.notChecked()
            + " "
            + report.insecure()
            + report.checks().stream().filter(x -> x.outcome() == Outcome.SKIPPED).toList();
    switch (c.string("verdict")) {
      case "valid" -> {
        if (rejected) {
          assertThat(report.verdict()).as(failed).isEqualTo(Verdict.REFUSED);
          assertThat(report.failedChecks()).as(failed).allMatch(check -> isPolicy(check.id()));
        } else if (c.string("tee").equals("azure-tdx-vtpm")) {
          // These cases state no TCB: genuine, but out of date, or without collateral to tell.
          assertThat(report.failedChecks()).as(failed).allMatch(check -> isPolicy(check.id()));
        } else {
          assertThat(report.verdict()).as(failed).isEqualTo(Verdict.ACCEPTED);
        }
        values(c, report);
      }
      case "invalid" -> assertThat(report.verdict()).as(failed).isNotEqualTo(Verdict.ACCEPTED);
      default -> assertThat(report.verdict()).as(failed).isEqualTo(Verdict.UNDECIDED);
    }
  }

  /** Genuine evidence that a policy turns down fails rules of the policy only. */
  private static boolean isPolicy(String id) {
    return id.equals("tcb.status") || id.contains(".policy.");
  }

  private static void values(Json.Obj c, Report report) {
    String expectedStatus =
        JsonPointer.find(c, "/expect/tcbStatus").map(s -> s.asString("tcbStatus")).orElse("");
    Tcb tcb = report.tcb();
    if (expectedStatus.isEmpty() || tcb == null) {
      assertThat(expectedStatus).as("a TCB status was expected").isEmpty();
      return;
    }
    assertThat(tcb.status()).isEqualTo(expectedStatus);
    JsonPointer.find(c, "/expect/advisoryIDs")
        .ifPresent(a -> assertThat(Json.strings(tcb.advisories())).isEqualTo(a));
    for (Map.Entry<String, String> name :
        Map.of(
                "tcbDate", "date",
                "platformTcbStatus", "platformStatus",
                "platformTcbDate", "platformDate",
                "qeTcbStatus", "qeStatus",
                "tdxModule", "module",
                "launchStatus", "launchStatus",
                "currentStatus", "currentStatus")
            .entrySet()) {
      JsonPointer.find(c, "/expect/" + name.getKey())
          .ifPresent(
              v -> assertThat(tcb.parts().get(name.getValue())).as(name.getKey()).contains(v));
    }
  }

  private static VerificationResult verify(Json.Obj c) throws IOException {
    return Verifier.create(
            new JcaSignatureEngine(), Endorsements.of(anchors(c), documents(c, "collateral")))
        .verify(new Evidence(documents(c, "evidence")), expectations(c));
  }

  static Expectations expectations(Json.Obj c) {
    Instant at =
        c.get("verification_time")
            .map(t -> Instant.parse(t.asString("verification_time")))
            .orElse(Instant.parse("2026-11-01T00:00:00Z"));
    return Expectations.at(at, Policy.genuine())
        .withNonce(
            JsonPointer.find(c, "/inputs/nonce")
                .map(n -> Bytes.ofHex(n.asString("nonce")))
                .orElse(null));
  }

  static TrustAnchors anchors(Json.Obj c) throws IOException {
    TrustAnchors builtIn = BuiltInAnchors.load();
    return c.get("trust_anchor").filter(a -> a instanceof Json.Str).isPresent()
        ? anchors(c.string("trust_anchor"), builtIn)
        : builtIn;
  }

  private static TrustAnchors anchors(String id, TrustAnchors builtIn) throws IOException {
    if (builtIn.all().stream().anyMatch(a -> a.id().equals(id))) {
      return builtIn;
    }
    Path file = VECTORS.resolve(id);
    if (Files.exists(file)) {
      Bytes key = Pem.certificates(Files.readString(file)).getFirst().spki();
      return builtIn.with(
          new TrustAnchor(id, TrustAnchors.ANY_USE, key, TrustAnchor.Origin.SUPPLIED));
    }
    Json.Obj all =
        Json.parse(Files.readAllBytes(VECTORS.resolve("trust-anchors.json"))).asObject("anchors");
    for (Json json : all.array("anchors")) {
      Json.Obj anchor = json.asObject("anchor");
      if (anchor.string("id").equals(id)) {
        return builtIn.with(
            new TrustAnchor(
                id,
                TrustAnchors.ANY_USE,
                Bytes.ofHex(anchor.string("spkiHex")),
                TrustAnchor.Origin.SUPPLIED));
      }
    }
    throw new IllegalStateException("no trust anchor " + id);
  }

  static List<Document> documents(Json.Obj c, String member) throws IOException {
    List<Document> documents = new ArrayList<>();
    for (Json name : c.get(member).map(l -> l.asArray(member)).orElse(List.of())) {
      String path = name.asString(member);
      documents.add(Document.of(path, Files.readAllBytes(VECTORS.resolve(path))));
    }
    return documents;
  }

  /** Logs alone prove nothing: they are judged by their replay, pairs by the quote beside them. */
  private static void replay(Json.Obj c) throws IOException {
    List<Document> evidence = documents(c, "evidence");
    boolean valid = c.string("verdict").equals("valid");
    if (evidence.size() > 1) {
      assertThat(
              verify(c).report().failedChecks().stream()
                  .anyMatch(check -> check.id().equals("tdx.eventlog.replay")))
          .isNotEqualTo(valid);
      return;
    }
    if (!valid) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> EventLog.parse(evidence.getFirst().content()))
          .isInstanceOf(MalformedEvidenceException.class);
      return;
    }
    EventLog log = EventLog.parse(evidence.getFirst().content());
    assertThat(verify(c)).isInstanceOf(Undecided.class);
    Map<String, Json> banks =
        JsonPointer.find(c, "/expect/replay")
            .map(r -> r.asObject("replay").members())
            .orElse(Map.of());
    for (Map.Entry<String, Json> bank : banks.entrySet()) {
      Map<String, String> registers = new TreeMap<>();
      EventReplay.registers(log, TpmHash.ofBank(bank.getKey()).orElseThrow())
          .forEach((register, value) -> registers.put(register.toString(), value.hex()));
      Map<String, String> expected = new TreeMap<>();
      bank.getValue()
          .asObject("bank")
          .members()
          .forEach((register, value) -> expected.put(register, value.asString("register")));
      assertThat(registers).as(bank.getKey()).isEqualTo(expected);
    }
  }
}
