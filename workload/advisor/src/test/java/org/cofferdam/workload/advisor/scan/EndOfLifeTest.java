// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cofferdam.workload.model.ManifestReader;
import org.cofferdam.workload.model.Source;
import org.cofferdam.workload.model.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndOfLifeTest {
  private static final List<EndOfLife> TABLE = EndOfLife.load();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image: ghcr.io/edgelesssys/constellation/join:1 | '' | eol.constellation",
        "image: occlum/occlum:0.31 | '' | eol.occlum",
        "image: gramineproject/gramine:1.9 | '' | eol.gramine-sgx",
        "image: i | runtimeClassName: kata-cc-isolation | eol.aks-confidential-containers",
        "image: i | runtimeClassName: enclave-cc | eol.enclave-cc",
        "image: i | 'nodeSelector: {node.example/cpu: milan}' | eol.milan"
      })
  void aDyingPathIsNamedWithTheWayOffIt(String container, String spec, String id) {
    assertThat(EndOfLife.of(workload(container, spec), TABLE))
        .singleElement()
        .satisfies(
            w -> {
              assertThat(w.entry().id()).isEqualTo(id);
              assertThat(w.entry().wayOff()).isNotBlank();
              assertThat(w.place().line()).isPositive();
            });
  }

  @Test
  void everyEntryIsDatedAndSourced() {
    assertThat(TABLE)
        .allSatisfy(
            e -> {
              assertThat(e.since()).matches("20[0-9]{2}(-[01][0-9](-[0-3][0-9])?)?");
              assertThat(e.source()).isNotBlank();
            });
  }

  @Test
  void anOrdinaryWorkloadIsOnNone() {
    assertThat(EndOfLife.of(workload("image: nginx", ""), TABLE)).isEmpty();
  }

  private static Workload workload(String container, String spec) {
    return ManifestReader.read(
            List.of(
                new Source(
                    "f",
                    "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers: [{name: c, "
                        + container
                        + "}]\n"
                        + (spec.isEmpty() ? "" : "  " + spec + "\n"))))
        .workloads()
        .getFirst();
  }
}
