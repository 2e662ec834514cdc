// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern.influence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cofferdam.workload.model.ManifestReader;
import org.cofferdam.workload.model.Source;
import org.cofferdam.workload.model.Workload;
import org.junit.jupiter.api.Test;

class InfluenceRegisterTest {
  private static final InfluenceRegister REGISTER = InfluenceRegister.load();

  @Test
  void idsAreUnique() {
    assertThat(REGISTER.entries()).extracting(Influence::id).doesNotHaveDuplicates();
  }

  @Test
  void aPowerOverAFieldMattersOnlyWhereTheFieldIs() {
    assertThat(ids("")).contains("exec", "image").doesNotContain("config-content", "secret-read");
    assertThat(ids(", volumes: [{name: v, configMap: {name: m}}]")).contains("config-content");
    assertThat(ids(", volumes: [{name: v, secret: {secretName: m}}]")).contains("secret-read");
  }

  @Test
  void smallerUnitsNeverLeaveMoreOpenThanToday() {
    for (Influence entry : REGISTER.entries()) {
      if (entry.under(Influence.TODAY).blocked()) {
        assertThat(entry.under("pod").blocked()).as(entry.id()).isTrue();
      }
    }
  }

  @Test
  void whatTheControlPlaneRulesOnItselfDoesNotCount() {
    assertThat(Reach.ADMISSION.blocked()).isFalse();
    assertThat(Reach.POLICY.blocked()).isTrue();
  }

  private static List<String> ids(String more) {
    Workload workload =
        ManifestReader.read(
                List.of(
                    new Source(
                        "f",
                        "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: i}]"
                            + more
                            + "}\n")))
            .workloads()
            .getFirst();
    return REGISTER.of(workload).stream().map(Influence::id).toList();
  }
}
