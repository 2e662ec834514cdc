// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.json.JsonPointer;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.evidence.eventlog.Event;
import org.cofferdam.core.evidence.eventlog.EventLog;
import org.cofferdam.core.evidence.eventlog.EventReplay;
import org.cofferdam.core.evidence.eventlog.RuntimeLog;
import org.cofferdam.core.evidence.gce.InstanceInfo;
import org.cofferdam.core.evidence.tpm.TpmHash;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The collection {@code cluster}: logs, evidence of vTPMs, and what belongs together or does not.
 */
class ClusterCollectionTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("cofferdam.shared", "../shared"), "vectors", "cluster");

  @TestFactory
  Stream<DynamicTest> eventLogs() throws IOException {
    return of("eventlog").map(v -> DynamicTest.dynamicTest(v.string("file"), () -> eventLog(v)));
  }

  private static void eventLog(Json.Obj vector) throws IOException {
    Json.Obj expected = vector.object("expected");
    Bytes content = read(vector.string("file"));
    if (!expected.string("parse").equals("ok")) {
      assertThatThrownBy(() -> EventLog.parse(content))
          .isInstanceOf(MalformedEvidenceException.class);
      return;
    }
    EventLog log = EventLog.parse(content);
    if (log.events().stream().anyMatch(e -> e.type() != Event.EV_NO_ACTION)) {
      Report report = verify(List.of(new Document("log", content)), AT, null).report();
      assertThat(report.kind()).isEqualTo("eventlog");
      assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
    }
    for (Map.Entry<String, Json> bank : expected.object("replayed_pcrs").members().entrySet()) {
      Map<String, String> wanted = new TreeMap<>();
      bank.getValue()
          .asObject("bank")
          .members()
          .forEach((pcr, value) -> wanted.put(pcr, value.asString("value")));
      assertThat(hex(EventReplay.registers(log, TpmHash.ofBank(bank.getKey()).orElseThrow())))
          .isEqualTo(wanted);
    }
  }

  @TestFactory
  Stream<DynamicTest> imaLists() throws IOException {
    return of("ima-log").map(v -> DynamicTest.dynamicTest(v.string("file"), () -> ima(v)));
  }

  private static void ima(Json.Obj vector) throws IOException {
    Bytes content = read(vector.string("file"));
    Json expected = vector.object("expected").require("pcr10_sha1_after_replay");
    if (expected == Json.Null.NULL) {
      assertThatThrownBy(() -> RuntimeLog.parse(content))
          .isInstanceOf(MalformedEvidenceException.class);
      return;
    }
    RuntimeLog log = RuntimeLog.parse(content);
    SortedMap<Integer, Bytes> registers = log.extend(TpmHash.SHA1, new TreeMap<>()).orElseThrow();
    assertThat(hex(registers)).isEqualTo(Map.of("10", expected.asString("pcr10")));
    List<Json> entries = vector.object("expected").array("entries");
    assertThat(log.entries()).hasSameSizeAs(entries);
    for (int i = 0; i < entries.size(); i++) {
      assertThat(log.entries().get(i).content())
          .endsWith(" " + entries.get(i).asObject("entry").string("path"));
      boolean covered =
          entries.get(i).asObject("entry").require("template_hash_ok").asBoolean("ok");
      assertThat(log.entries().get(i).matches().orElse(false)).isEqualTo(covered);
    }
  }

  @TestFactory
  Stream<DynamicTest> canonicalLogs() throws IOException {
    return of("canonical-event-log")
        .map(v -> DynamicTest.dynamicTest(v.string("file"), () -> canonical(v)));
  }

  private static void canonical(Json.Obj vector) throws IOException {
    RuntimeLog log = RuntimeLog.parse(read(vector.string("file")));
    Json.Obj expected = vector.object("expected");
    assertThat(log.entries()).hasSize((int) expected.integer("records"));
    assertThat(log.entries()).allMatch(e -> e.matches().orElse(false));
    for (Json json : expected.array("registers_after_replay")) {
      Json.Obj register = json.asObject("register");
      TpmHash bank = TpmHash.ofBank(register.string("bank")).orElseThrow();
      int index = (int) register.integer("index");
      // The collection counts from zeros, also where a TPM's register would start with ones.
      SortedMap<Integer, Bytes> zeros = new TreeMap<>();
      zeros.put(index, Bytes.of(new byte[bank.size()]));
      assertThat(log.extend(bank, zeros).orElseThrow())
          .containsEntry(index, Bytes.ofHex(register.string("value_hex")));
    }
  }

  @TestFactory
  Stream<DynamicTest> instanceCertificates() throws IOException {
    return of("certificate")
        .filter(v -> JsonPointer.find(v, "/expected/instance_info").isPresent())
        .map(v -> DynamicTest.dynamicTest(v.string("file"), () -> instance(v)));
  }

  private static void instance(Json.Obj vector) throws IOException {
    Json.Obj expected = vector.object("expected").object("instance_info");
    Certificate certificate =
        CertificateDocuments.certificates(read(vector.string("file"))).getFirst();
    InstanceInfo info = InstanceInfo.of(certificate).orElseThrow();
    assertThat(info.zone()).isEqualTo(expected.string("zone"));
    assertThat(info.projectId()).isEqualTo(expected.string("project_id"));
    assertThat(info.projectNumber()).isEqualTo(expected.integer("project_number"));
    assertThat(info.instanceId()).isEqualTo(expected.integer("instance_id"));
    assertThat(info.instanceName()).isEqualTo(expected.string("instance_name"));
    assertThat(info.isProduction().orElseThrow())
        .isEqualTo(expected.require("is_production").asBoolean("is_production"));
  }

  @TestFactory
  Stream<DynamicTest> combinations() throws IOException {
    return index().array("combinations").stream()
        .map(c -> c.asObject("combination"))
        .map(c -> DynamicTest.dynamicTest(c.string("why"), () -> combination(c)));
  }

  /** What does not belong together is never accepted, and says so in a check of its own. */
  private static void combination(Json.Obj combination) throws IOException {
    List<Document> evidence = new ArrayList<>();
    for (Json file : combination.array("files")) {
      evidence.add(new Document(file.asString("file"), read(file.asString("file"))));
    }
    Report report = verify(evidence, Instant.parse("2025-06-01T00:00:00Z"), null).report();
    boolean accept = combination.require("accept").asBoolean("accept");
    if (accept) {
      // Reports of one's own firmware: whether its versions are still good is another question.
      assertThat(report.failedChecks())
          .as("%s", report.checks())
          .allMatch(c -> c.id().startsWith("snp.tcb.") || c.id().startsWith("aci.endorsement"));
      assertThat(report.checks())
          .anyMatch(c -> c.id().equals("snp.report.signature") && c.outcome() == Outcome.PASSED);
    } else {
      assertThat(report.verdict()).as("%s", report.checks()).isNotEqualTo(Verdict.ACCEPTED);
    }
  }

  @TestFactory
  Stream<DynamicTest> evidence() throws IOException {
    return of("evidence")
        .filter(v -> v.string("file").endsWith(".json") || v.string("file").endsWith(".pb"))
        .map(v -> DynamicTest.dynamicTest(v.string("file"), () -> evidence(v)));
  }

  private static void evidence(Json.Obj vector) throws IOException {
    String file = vector.string("file");
    Json.Obj expected = vector.object("expected");
    Json.Obj quote =
        expected.get("quotes").isPresent()
            ? expected.array("quotes").getFirst().asObject("quote")
            : expected.get("quote").map(q -> q.asObject("quote")).orElse(expected);
    if (file.contains("windows_gcp")) {
      // The dump of a test program, no form that a guest sends.
      assertThat(verify(List.of(new Document(file, read(file))), AT, null))
          .isNotInstanceOf(Verified.class);
      return;
    }
    Report report =
        verify(List.of(new Document(file, read(file))), AT, Bytes.ofHex(quote.string("nonce_hex")))
            .report();
    assertThat(report.kind())
        .isEqualTo(
            file.endsWith(".pb")
                ? "gcp-vtpm"
                : file.contains("tpm_evidence") ? "tpm-quote" : "azure-vtpm");
    for (String id : List.of("tpm.quote.signature", "binding.nonce", "tpm.quote.pcr-digest")) {
      assertThat(report.checks())
          .as("%s", report.checks())
          .anyMatch(c -> c.id().equals(id) && c.outcome() == Outcome.PASSED);
    }
    assertThat(report.claims().get("tpm")).as("%s", report.checks()).isPresent();
    assertThat(report.failedChecks())
        .as("%s", report.failedChecks())
        .allMatch(
            c ->
                c.id().equals("tcb.status")
                    || c.id().contains(".policy.")
                    || c.id().startsWith("snp.tcb"));
  }

  private static final Instant AT = Instant.parse("2025-06-01T00:00:00Z");

  private static VerificationResult verify(
      List<Document> evidence, Instant at, @org.jspecify.annotations.Nullable Bytes nonce)
      throws IOException {
    List<Document> beside = new ArrayList<>();
    for (String folder : List.of("amd-roots", "gce/roots")) {
      try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
        for (Path path : files.sorted().toList()) {
          beside.add(Document.of(path.getFileName().toString(), Files.readAllBytes(path)));
        }
      }
    }
    return Verifier.create(new JcaSignatureEngine(), Endorsements.of(BuiltInAnchors.load(), beside))
        .verify(new Evidence(evidence), Expectations.at(at, Policy.genuine()).withNonce(nonce));
  }

  private static Map<String, String> hex(SortedMap<Integer, Bytes> registers) {
    Map<String, String> text = new TreeMap<>();
    registers.forEach((register, value) -> text.put(register.toString(), value.hex()));
    return text;
  }

  private static Stream<Json.Obj> of(String kind) throws IOException {
    return index().array("vectors").stream()
        .map(v -> v.asObject("vector"))
        .filter(v -> v.string("kind").equals(kind));
  }

  private static Json.Obj index() throws IOException {
    Path file = FOLDER.resolve("index.json");
    assumeTrue(Files.exists(file), "no collection at " + FOLDER);
    return Json.parse(Files.readAllBytes(file)).asObject("index");
  }

  private static Bytes read(String file) throws IOException {
    return Bytes.of(Files.readAllBytes(FOLDER.resolve(file)));
  }
}
