// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.cofferdam.apps.cli.scan.ManifestFiles;
import org.cofferdam.apps.cli.scan.Patterns;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.advisor.scan.ScanReport;
import org.cofferdam.workload.advisor.scan.Scanner;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.Workload;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Workloads of other projects, from the Go modules in which they are published: Kubernetes' own
 * test data and addons, Istio's samples, ingress-nginx, Compose's test files. Nothing of them is
 * kept here.
 */
@Tag("foreign")
class CorpusTest {
  private static final List<String> MODULES =
      List.of(
          "k8s.io/kubernetes@v1.34.2",
          "istio.io/istio@v0.0.0-20260827124520-eed52ebb66ad",
          "k8s.io/ingress-nginx@v0.0.0-20240708192948-52c50467d67d",
          "github.com/cert-manager/cert-manager@v1.21.2",
          "github.com/docker/compose/v2@v2.40.3");

  private static final int LEAST = 200;

  @Test
  void everyWorkloadIsReadJudgedAndProven() throws IOException, InterruptedException {
    int workloads = 0;
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> verdicts = new TreeMap<>();
    for (String module : MODULES) {
      Optional<Path> folder = download(module);
      assumeTrue(folder.isPresent(), "Go is not there, or it cannot download " + module);
      Bundle bundle =
          ManifestFiles.read(List.of(folder.get().toString()), InputStream.nullInputStream());
      ScanReport report = new Scanner(Patterns.ALL).scan(bundle);
      assertThat(report.toJson().write()).isNotEmpty();
      workloads += report.workloads().size();
      report
          .counts()
          .forEach(
              (pattern, counts) ->
                  counts.forEach(
                      (verdict, n) ->
                          verdicts.merge(pattern + " " + verdict.word(), n, Integer::sum)));
      for (Workload workload : bundle.workloads()) {
        Proof.Outcome outcome = Proof.of(workload, bundle);
        if (!outcome.holds()) {
          wrong.add(workload.place() + " " + outcome.verdict() + ": " + outcome.why());
        }
      }
      System.out.println(module + ": " + report.workloads().size() + " workloads");
    }
    System.out.println(workloads + " workloads: " + verdicts);
    assertThat(workloads).isGreaterThanOrEqualTo(LEAST);
    assertThat(wrong).isEmpty();
  }

  private static Optional<Path> download(String module) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder("go", "mod", "download", "-json", module)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      byte[] answer = process.getInputStream().readAllBytes();
      if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return Optional.of(Path.of(Json.parse(answer).asObject("module").string("Dir")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
