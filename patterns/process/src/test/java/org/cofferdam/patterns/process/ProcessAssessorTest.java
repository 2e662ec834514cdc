// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.process;

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

class ProcessAssessorTest {
  @Test
  void everyImageMustBeWrapped() {
    Fit fit = assess("", "command: [a]");
    assertThat(fit.findings()).extracting(Finding::id).containsExactly("process.wrap-image");
    assertThat(fit.verdict()).isEqualTo(Fit.Verdict.FITS_AFTER_CHANGES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hostNetwork: true | '' | process.host-network",
        "hostPID: true | '' | process.host-pid",
        "hostIPC: true | '' | process.host-ipc",
        "os: {name: windows} | '' | process.windows",
        "'' | securityContext: {privileged: true} | process.privileged",
        "'' | volumeDevices: [{name: a, devicePath: /a}] | process.block-device",
        "'' | resources: {limits: {nvidia.com/gpu: 1}} | process.gpu"
      })
  void whatNeedsTheNodeDoesNotFit(String spec, String container, String id) {
    Fit fit = assess(spec, container);
    assertThat(fit.findings()).extracting(Finding::id).contains(id);
    assertThat(fit.verdict()).isEqualTo(Fit.Verdict.DOES_NOT_FIT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "volumes: [{name: a, emptyDir: {}}] | '' | process.empty-dir",
        "volumes: [{name: a, secret: {secretName: s}}] | '' | process.secret-files",
        "volumes: [{name: a, configMap: {name: s}}] | '' | process.config-files",
        "volumes: [{name: a, persistentVolumeClaim: {claimName: s}}] | '' | process.volume-claim",
        "'' | env: [{name: A, valueFrom: {fieldRef: {fieldPath: a}}}] | process.env-downward",
        "'' | livenessProbe: {exec: {command: [a]}} | process.probe-exec",
        "'' | command: [sh, -c, a] | process.shell"
      })
  void whatContainersGotFromTheNodeMustChange(String spec, String container, String id) {
    Fit fit = assess(spec, container);
    assertThat(fit.findings()).extracting(Finding::id).contains(id);
    assertThat(fit.verdict()).isEqualTo(Fit.Verdict.FITS_AFTER_CHANGES);
  }

  @Test
  void aSecondContainerIsAnEnclaveOfItsOwn() {
    Fit fit = assess("", "command: [a]}, {name: d, image: i");
    assertThat(fit.findings()).extracting(Finding::id).contains("process.several-containers");
  }

  private static Fit assess(String spec, String container) {
    String text =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n"
            + (spec.isEmpty() ? "" : "  " + spec + "\n")
            + "  containers: [{name: c, image: i"
            + (container.isEmpty() ? "" : ", " + container)
            + "}]\n";
    Bundle bundle = ManifestReader.read(List.of(new Source("f", text)));
    assertThat(bundle.problems()).isEmpty();
    return new ProcessAssessor().assess(bundle.workloads().getFirst(), bundle);
  }
}
