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
import java.util.Optional;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded reports and tokens of real machines, and what must come out of each. */
class ReportCasesTest {
  private static final Path FOLDER = Path.of(System.getProperty("cofferdam.shared", ""), "vectors");

  @ParameterizedTest
  @ValueSource(strings = {"sev-snp", "azure-aci", "nitro", "nvidia", "cca", "cove", "gcp"})
  void everyCaseGivesItsVerdict(String tee) throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "no recorded evidence here");
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (Json json : Json.parse(read("cases.json").toArray()).asArray("cases")) {
      Json.Obj one = json.asObject("case");
      if (!one.string("tee").equals(tee)) {
        continue;
      }
      count++;
      Report report = run(one).report();
      problem(one, report)
          .ifPresent(
              p ->
                  wrong.add(
                      one.string("id")
                          + ": "
                          + p
                          + "\n      "
                          + report.checks().stream()
                              .filter(c -> c.outcome() != Outcome.PASSED)
                              .map(c -> c.id() + " " + c.outcome() + " [" + c.found() + "]")
                              .toList()));
    }
    assertThat(count).isPositive();
    assertThat(wrong).as("%s of %s cases", wrong.size(), count).isEmpty();
  }

  private static VerificationResult run(Json.Obj one) throws IOException {
    List<Document> evidence = documents(one, "evidence");
    List<Document> collateral = documents(one, "collateral");
    TrustAnchors anchors = BuiltInAnchors.load();
    Optional<String> anchor = one.get("trust_anchor").map(a -> a.asString("trust_anchor"));
    if (anchor.isPresent() && anchor.get().contains("/")) {
      for (TrustAnchor supplied :
          SuppliedAnchors.read(new Document(anchor.get(), read(anchor.get())))) {
        anchors = anchors.with(supplied);
      }
    }
    Json.Obj inputs =
        one.get("inputs").map(i -> i.asObject("inputs")).orElse(Json.object().build());
    Expectations expectations =
        Expectations.at(
                Instant.parse(text(one, "verification_time").orElse("2025-01-01T00:00:00Z")),
                Policy.genuine())
            .withNonce(
                text(inputs, "nonce")
                    .or(() -> text(inputs, "challenge"))
                    .map(Bytes::ofHex)
                    .orElse(null))
            .withAudience(text(inputs, "audience").orElse(null))
            .withIssuer(text(inputs, "issuer").orElse(null))
            .withFeed(text(inputs, "feed").orElse(null));
    return Verifier.create(new JcaSignatureEngine(), Endorsements.of(anchors, collateral))
        .verify(new Evidence(evidence), expectations);
  }

  private static Optional<String> problem(Json.Obj one, Report report) {
    String verdict = one.string("verdict");
    Json.Obj expect =
        one.get("expect").map(e -> e.asObject("expect")).orElse(Json.object().build());
    boolean policyRefuses =
        expect.get("defaultPolicyRejectReasons").filter(r -> !r.asArray("r").isEmpty()).isPresent();
    if (one.string("tee").equals("azure-aci")) {
      boolean failed =
          report.checks().stream()
              .anyMatch(c -> c.id().startsWith("aci.") && c.outcome() == Outcome.FAILED);
      boolean passed =
          report.checks().stream()
              .anyMatch(c -> c.id().startsWith("aci.") && c.outcome() == Outcome.PASSED);
      boolean fine =
          verdict.equals("valid")
              ? passed && !failed && report.verdict() == Verdict.UNDECIDED
              : report.verdict() != Verdict.ACCEPTED
                  && (failed || report.verdict() == Verdict.REFUSED);
      return fine ? Optional.empty() : Optional.of(report.verdict() + " for " + verdict);
    }
    boolean fine =
        switch (verdict) {
          case "valid" -> report.verdict() == (policyRefuses ? Verdict.REFUSED : Verdict.ACCEPTED);
          case "invalid" -> report.verdict() != Verdict.ACCEPTED;
          default -> report.verdict() == Verdict.UNDECIDED;
        };
    return fine ? Optional.empty() : Optional.of(report.verdict() + " for " + verdict);
  }

  private static List<Document> documents(Json.Obj one, String member) throws IOException {
    List<Document> documents = new ArrayList<>();
    for (Json file : one.get(member).map(f -> f.asArray(member)).orElse(List.of())) {
      documents.add(new Document(file.asString(member), read(file.asString(member))));
    }
    return documents;
  }

  private static Optional<String> text(Json.Obj o, String name) {
    return o.get(name).filter(Json.Str.class::isInstance).map(j -> j.asString(name));
  }

  private static Bytes read(String file) throws IOException {
    return Bytes.of(Files.readAllBytes(FOLDER.resolve(file)));
  }
}
