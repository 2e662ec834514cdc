// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cofferdam.core.bytes.json.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten recorded pieces through {@code cofferdam verify} as a process: exit code and verdict. */
@Tag("full")
class VerifyProcessTest {
  private static final Path VECTORS =
      Path.of(System.getProperty("cofferdam.shared", "../shared"), "vectors");

  @ParameterizedTest
  @CsvSource({
    // kind, evidence, collateral (semicolons), trust anchor, time, exit code
    "snp-report, sev-snp/trustee-milan-v2/report.bin,"
        + " sev-snp/trustee-milan-v2/vcek.der;sev-snp/certs/ask-milan.pem, , 2025-01-11T00:00:00Z, 0",
    "snp-report, sev-snp/oak-turin-v5/report.bin,"
        + " sev-snp/oak-turin-v5/vcek.der;sev-snp/certs/ask-turin.pem, , 2025-07-27T17:04:46Z, 0",
    "snp-report, sev-snp/trustee-milan-v2/report.bin, , , 2025-01-11T00:00:00Z, 3",
    "nitro-document, nitro/dstack-attest.cbor, , , 2025-12-25T16:05:19Z, 0",
    "nitro-document, nitro/dstack-attest.cbor, , , 2026-12-25T16:05:19Z, 1",
    "cca-token, cca/ccatoken-good-cmw.cbor, , cca/keys/iak-p256.json, 2025-01-01T00:00:00Z, 0",
    "cove-token, cove/good.cbor, , cove/rot-public.pem, 2025-01-01T00:00:00Z, 0",
    "gcp-confidential-space, gcp/confidential-space-tdx.jwt, , , 2025-09-05T08:27:30Z, 0",
    "sgx-quote, sgx/dcap-qvl-sample/quote.bin,"
        + " dcap-collateral/sgx-00a067110000-eval17-2025-07-04-ae3d6625eb.json, ,"
        + " 2025-07-04T10:28:44Z, 1",
    "eventlog, cluster/eventlog/tpm/debian-10.bin, , , 2025-01-01T00:00:00Z, 3",
  })
  void asAProcess(
      String kind, String evidence, String collateral, String anchor, String at, int exitCode)
      throws Exception {
    assumeTrue(Files.isDirectory(VECTORS), "no recorded evidence");
    Path root = Path.of(System.getProperty("cofferdam.root", "../.."));
    Path folder = Files.createTempDirectory("verify-process");
    List<String> command =
        new ArrayList<>(
            List.of(
                root.resolve("cofferdam").toString(),
                "verify",
                "--output",
                "json",
                "--no-network",
                "--at",
                at,
                VECTORS.resolve(evidence).toString()));
    if (collateral != null) {
      for (String name : collateral.split(";", -1)) {
        command.addAll(List.of("--endorsements", VECTORS.resolve(name).toString()));
      }
    }
    if (anchor != null) {
      command.addAll(List.of("--trust-anchor", VECTORS.resolve(anchor).toString()));
    }
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(folder.resolve("err").toFile());
    builder.environment().put("COFFERDAM_NO_BUILD", "1");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(out).isEqualTo(exitCode);
    Json.Obj result = Json.parse(out.getBytes(StandardCharsets.UTF_8)).asObject("result");
    assertThat(result.string("kind")).isEqualTo(kind);
    assertThat(result.string("verdict"))
        .isEqualTo(exitCode == 0 ? "accepted" : exitCode == 1 ? "refused" : "undecided");
  }
}
