// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.ManifestReader;
import org.cofferdam.workload.model.Source;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Assessor;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Fit;
import org.cofferdam.workload.pattern.Severity;
import org.junit.jupiter.api.Test;

class ScannerTest {
  private static final String POD =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: i}]}\n";

  @Test
  void theReportHasTheFixedForm() {
    ScanReport report = scan(POD, new Says("pod", Severity.ERROR, true));
    assertThat(report.toJson().write())
        .startsWith(
            """
            {"workloads":[{"name":"p","namespace":"default","kind":"Pod","file":"f","line":1,\
            "fields":5,"patterns":{"pod":{"verdict":"fits-after-changes","findings":[{"id":"pod.x",\
            "severity":"error","file":"f","pointer":"","line":1,"message":"m","fix":"do"}],""")
        .contains("\"problems\":[]");
  }

  @Test
  void anErrorWithoutAFixExcludes() {
    ScanReport report = scan(POD, new Says("pod", Severity.ERROR, false));
    assertThat(report.workloads().getFirst().fits().values())
        .extracting(Fit::verdict)
        .containsExactly(Fit.Verdict.DOES_NOT_FIT);
  }

  @Test
  void theThresholdIsReachedOnlyWhereNoPatternStaysBelowIt() {
    Assessor error = new Says("pod", Severity.ERROR, true);
    Assessor warning = new Says("cluster", Severity.WARNING, true);
    assertThat(scan(POD, error).reaches(Severity.ERROR)).isTrue();
    assertThat(scan(POD, error, warning).reaches(Severity.ERROR)).isFalse();
    assertThat(scan(POD, error, warning).reaches(Severity.WARNING)).isTrue();
  }

  @Test
  void whatCannotBeReadReachesEveryThreshold() {
    assertThat(scan("a: [", new Says("pod", Severity.INFO, true)).reaches(Severity.ERROR)).isTrue();
  }

  private static ScanReport scan(String text, Assessor... assessors) {
    Bundle bundle = ManifestReader.read(List.of(new Source("f", text)));
    return new Scanner(List.of(assessors)).scan(bundle);
  }

  /** Finds the same in every workload. */
  private record Says(String name, Severity severity, boolean fixable) implements Assessor {
    @Override
    public Fit assess(Workload workload, Bundle bundle) {
      return Fit.of(
          List.of(new Finding(name + ".x", severity, workload.place(), "m", "do", fixable)));
    }
  }
}
