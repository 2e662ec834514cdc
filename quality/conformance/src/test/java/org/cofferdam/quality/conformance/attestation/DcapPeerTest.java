// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.cofferdam.core.attestation.BuiltInAnchors;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.Report;
import org.cofferdam.core.attestation.SuppliedAnchors;
import org.cofferdam.core.attestation.Tcb;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.attestation.Verdict;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.SignatureEngines;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Pem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The recorded SGX and TDX cases by us and by dcap-qvl, built from {@code
 * quality/conformance/dcap-qvl} ({@code cargo build --release}, its binary in the system property
 * {@code cofferdam.peer.dcap-qvl}). Where the two differ, the recorded verdict decides; the kinds
 * of difference that are known are listed here, and any other fails.
 */
@Tag("foreign")
class DcapPeerTest {
  private static final Path VECTORS =
      Path.of(System.getProperty("cofferdam.shared", "../shared"), "vectors");

  private record Answer(String status, String error) {
    boolean accepts() {
      return error.isEmpty();
    }
  }

  @Test
  void everyDifferenceIsExplained() throws Exception {
    String binary = System.getProperty("cofferdam.peer.dcap-qvl", "");
    assumeTrue(!binary.isEmpty() && Files.exists(Path.of(binary)), "dcap-qvl is not built");
    assumeTrue(Files.exists(VECTORS.resolve("cases.json")), "no recorded evidence");
    List<Json.Obj> cases = new ArrayList<>();
    for (Json json : Json.parse(read("cases.json").toArray()).asArray("cases")) {
      Json.Obj one = json.asObject("case");
      boolean dcap = one.string("tee").equals("sgx") || one.string("tee").equals("tdx");
      if (dcap && bundle(one)) {
        cases.add(one);
      }
    }
    Map<String, Answer> peer = ask(binary, cases);
    Map<String, Integer> counts = new TreeMap<>();
    List<String> differences = new ArrayList<>();
    for (Json.Obj one : cases) {
      Report ours = verify(one);
      Answer theirs = Objects.requireNonNull(peer.get(one.string("id")));
      String verdict = one.string("verdict");
      Tcb tcb = ours.tcb();
      boolean proven =
          tcb != null
              && ours.verdict() != Verdict.UNDECIDED
              && ours.failedChecks().stream()
                  .allMatch(c -> c.id().equals("tcb.status") || c.id().contains(".policy."));
      String outcome =
          "recorded "
              + verdict
              + " | we "
              + (proven ? "prove" : "do not prove")
              + " | dcap-qvl "
              + (theirs.accepts() ? "verifies" : "refuses");
      counts.merge(outcome, 1, Integer::sum);
      if (proven != theirs.accepts()) {
        differences.add(
            one.string("id")
                + ": "
                + outcome
                + " "
                + theirs.error()
                + ours.failedChecks().stream().map(c -> c.id()).toList());
      } else if (proven && tcb != null && !tcb.status().equals(theirs.status())) {
        counts.merge("both verify, statuses differ", 1, Integer::sum);
        differences.add(
            one.string("id") + ": we " + tcb.status() + ", dcap-qvl " + theirs.status());
      }
      assertThat(proven)
          .as("%s: %s", one.string("id"), ours.failedChecks())
          .isEqualTo(verdict.equals("valid"));
    }
    counts.forEach((what, count) -> System.out.println(count + " | " + what));
    differences.forEach(System.out::println);
  }

  private static boolean bundle(Json.Obj one) {
    return one.get("collateral").map(c -> c.asArray("collateral").size() == 1).orElse(false)
        && one.array("collateral").getFirst().asString("collateral").endsWith(".json")
        && one.array("evidence").size() == 1
        && one.get("verification_time").isPresent();
  }

  private static Report verify(Json.Obj one) throws IOException {
    TrustAnchors anchors = BuiltInAnchors.load();
    String anchor =
        one.get("trust_anchor")
            .filter(Json.Str.class::isInstance)
            .map(a -> a.asString("trust_anchor"))
            .orElse("");
    if (anchor.contains("/")) {
      for (TrustAnchor supplied : SuppliedAnchors.read(new Document(anchor, read(anchor)))) {
        anchors = anchors.with(supplied);
      }
    }
    String collateral = one.array("collateral").getFirst().asString("collateral");
    String evidence = one.array("evidence").getFirst().asString("evidence");
    return Verifier.create(
            SignatureEngines.fastest(),
            Endorsements.of(anchors, List.of(new Document(collateral, read(collateral)))))
        .verify(
            new Evidence(List.of(new Document(evidence, read(evidence)))),
            Expectations.at(Instant.parse(one.string("verification_time")), Policy.genuine()))
        .report();
  }

  private static Map<String, Answer> ask(String binary, List<Json.Obj> cases) throws Exception {
    StringBuilder lines = new StringBuilder();
    Path folder = Files.createTempDirectory("dcap-peer");
    for (Json.Obj one : cases) {
      String anchor =
          one.get("trust_anchor")
              .filter(Json.Str.class::isInstance)
              .map(a -> a.asString("trust_anchor"))
              .orElse("");
      String root = "-";
      if (anchor.contains("/")) {
        Bytes der =
            Pem.certificates(Files.readString(VECTORS.resolve(anchor))).getFirst().encoded();
        Path file = folder.resolve(anchor.replace('/', '_') + ".der");
        Files.write(file, der.toArray());
        root = file.toString();
      }
      lines
          .append(one.string("id"))
          .append('\t')
          .append(VECTORS.resolve(one.array("evidence").getFirst().asString("evidence")))
          .append('\t')
          .append(VECTORS.resolve(one.array("collateral").getFirst().asString("collateral")))
          .append('\t')
          .append(Instant.parse(one.string("verification_time")).getEpochSecond())
          .append('\t')
          .append(root)
          .append('\n');
    }
    Path input = Files.writeString(folder.resolve("in"), lines);
    Process process =
        new ProcessBuilder(binary, "verify")
            .redirectInput(input.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    Map<String, Answer> answers = new TreeMap<>();
    for (String line : out.split("\n", -1)) {
      String[] parts = line.split("\t", -1);
      if (parts.length == 4) {
        answers.put(parts[0], new Answer(parts[1], parts[3]));
      }
    }
    assertThat(answers).hasSameSizeAs(cases);
    return answers;
  }

  private static Bytes read(String file) throws IOException {
    return Bytes.of(Files.readAllBytes(VECTORS.resolve(file)));
  }
}
