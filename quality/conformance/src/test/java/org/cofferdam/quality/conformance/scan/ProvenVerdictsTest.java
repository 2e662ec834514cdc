// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.ManifestReader;
import org.cofferdam.workload.model.Source;
import org.cofferdam.workload.pattern.Fit;
import org.junit.jupiter.api.Test;

/** The verdicts of the pod pattern on workloads put together by a seed. */
class ProvenVerdictsTest {
  private static final int WORKLOADS = 300;

  @Test
  void conversionAgreesWithEveryVerdict() {
    Map<Fit.Verdict, Integer> seen = new EnumMap<>(Fit.Verdict.class);
    List<String> wrong = new ArrayList<>();
    for (int seed = 0; seed < WORKLOADS; seed++) {
      String text = RandomWorkload.of(seed);
      Bundle bundle = ManifestReader.read(List.of(new Source("f", text)));
      assertThat(bundle.problems()).as(text).isEmpty();
      Proof.Outcome outcome = Proof.of(bundle.workloads().getFirst(), bundle);
      seen.merge(outcome.verdict(), 1, Integer::sum);
      if (!outcome.holds()) {
        wrong.add(outcome.verdict() + ": " + outcome.why() + "\n" + text);
      }
    }
    System.out.println("Verdicts on seeded workloads: " + seen);
    assertThat(wrong).isEmpty();
    assertThat(seen.values()).as(seen::toString).hasSize(3).allMatch(n -> n > WORKLOADS / 20);
  }
}
