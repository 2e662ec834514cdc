// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.managed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.ManifestReader;
import org.cofferdam.workload.model.Source;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Fit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagedAssessorTest {
  @Test
  void whatServesTheNodeFits() {
    Fit fit = assess("hostNetwork: true", "securityContext: {privileged: true}");
    assertThat(fit.verdict()).isEqualTo(Fit.Verdict.FITS);
    assertThat(fit.findings())
        .extracting(Finding::id)
        .contains("managed.host-network", "managed.privileged");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "os: {name: windows} | managed.windows",
        "nodeSelector: {kubernetes.io/os: windows} | managed.windows",
        "nodeSelector: {kubernetes.io/arch: arm64} | managed.architecture"
      })
  void whatHasNoConfidentialHardwareDoesNotFit(String spec, String id) {
    Fit fit = assess(spec, "command: [a]");
    assertThat(fit.findings()).extracting(Finding::id).contains(id);
    assertThat(fit.verdict()).isEqualTo(Fit.Verdict.DOES_NOT_FIT);
  }

  @Test
  void secretsAreNamedWithTheirPlace() {
    Fit fit = assess("volumes: [{name: a, secret: {secretName: s}}]", "command: [a]");
    assertThat(fit.findings())
        .filteredOn(f -> f.id().equals("managed.secrets"))
        .singleElement()
        .satisfies(f -> assertThat(f.place().pointer()).isEqualTo("/spec/volumes/0/secret"));
  }

  private static Fit assess(String spec, String container) {
    String text =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  "
            + spec
            + "\n  containers: [{name: c, image: i, "
            + container
            + "}]\n";
    Bundle bundle = ManifestReader.read(List.of(new Source("f", text)));
    assertThat(bundle.problems()).isEmpty();
    return new ManagedAssessor().assess(bundle.workloads().getFirst(), bundle);
  }
}
