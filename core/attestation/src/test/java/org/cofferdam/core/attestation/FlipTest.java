// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.CachingSignatureEngine;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.json.Json;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Every byte of real evidence changed in turn: never accepted with another meaning, never an
 * exception. What may change without harm is listed: text of certificates that is read the same.
 */
@Tag("long")
class FlipTest {
  private static final Path VECTORS =
      Path.of(System.getProperty("cofferdam.shared", "../shared"), "vectors");
  private static final Set<String> CASES =
      Set.of(
          "sgx/syn-sgx-v4",
          "sgx/syn-sgx-v5",
          "sgx/syn-sgx-v3-auth0",
          "sgx/syn-sgx-v3-processor",
          "tdx/dcap-qvl-sample#UpToDate-2025-07-04",
          "tdx/teepot-tdx#UpToDate-2025-06-11",
          "tdx/syn-tdx-v5-td10",
          "tdx/syn-tdx-v5-td15",
          "tpm/gce-cos85-nonce9009",
          "tpm/trustee-tpm-evidence",
          "azure-snp-vtpm/trustee-v1",
          "azure-snp-vtpm/trustee-genoa");

  @TestFactory
  Stream<DynamicTest> changedBytes() throws IOException {
    Path file = VECTORS.resolve("cases.json");
    assumeTrue(Files.exists(file), "no recorded evidence at " + VECTORS);
    return Json.parse(Files.readAllBytes(file)).asArray("cases").stream()
        .map(c -> c.asObject("case"))
        .filter(c -> CASES.contains(c.string("id")))
        .map(c -> DynamicTest.dynamicTest(c.string("id"), () -> flip(c)));
  }

  private static void flip(Json.Obj c) throws IOException {
    List<Document> evidence = CasesTest.documents(c, "evidence");
    Verifier verifier =
        Verifier.create(
            new CachingSignatureEngine(new JcaSignatureEngine(), 64),
            Endorsements.of(CasesTest.anchors(c), CasesTest.documents(c, "collateral")));
    Expectations expectations = CasesTest.expectations(c);
    Report genuine = verifier.verify(new Evidence(evidence), expectations).report();
    assertThat(genuine.verdict()).as("%s", genuine.failedChecks()).isEqualTo(Verdict.ACCEPTED);
    Random random = new Random(11);
    int tried = 0;
    int accepted = 0;
    for (int d = 0; d < evidence.size(); d++) {
      byte[] content = evidence.get(d).content().toArray();
      // Long text is base64 or JSON of what stands elsewhere too: a sample of it.
      int step = Math.max(1, content.length / 3000);
      for (int at = 0; at < content.length; at += step) {
        byte[] bad = content.clone();
        bad[at] ^= (byte) (1 << random.nextInt(8));
        List<Document> changed = new ArrayList<>(evidence);
        changed.set(d, Document.of(evidence.get(d).name(), bad));
        Report report = verifier.verify(new Evidence(changed), expectations).report();
        tried++;
        if (report.verdict() == Verdict.ACCEPTED) {
          accepted++;
          // A part that is no longer recognised is left out; what is absent matches no reference.
          assertThat(known(genuine).entrySet())
              .as("byte %d of %s", at, evidence.get(d).name())
              .containsAll(known(report).entrySet());
          assertThat(report.kind()).isEqualTo(genuine.kind());
        }
      }
    }
    System.out.println(c.string("id") + ": " + tried + " changes, " + accepted + " without effect");
  }

  /**
   * The claims, those of the log one by one: an event whose data no longer fits its digest says
   * nothing any more. Types of events are not measured, so the list of the unexplained may change.
   * Where a TPM quoted several banks, the clock is that of the first quote that is there.
   */
  private static Map<String, Json> known(Report report) {
    Map<String, Json> claims = new HashMap<>();
    flatten("", report.claims(), claims);
    claims.remove("/boot/unexplained");
    claims.remove("/tpm/clock");
    return claims;
  }

  private static void flatten(String at, Json value, Map<String, Json> into) {
    if (value instanceof Json.Obj o) {
      o.members().forEach((name, member) -> flatten(at + "/" + name, member, into));
    } else {
      into.put(at, value);
    }
  }
}
