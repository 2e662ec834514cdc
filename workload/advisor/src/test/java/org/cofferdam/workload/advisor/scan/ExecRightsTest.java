// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cofferdam.workload.model.ManifestReader;
import org.cofferdam.workload.model.Source;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecRightsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pods/exec | create | r | 1",
        "pods/attach | create | r | 1",
        "pods/ephemeralcontainers | patch | r | 1",
        "'*' | '*' | r | 1",
        "pods | create | r | 0",
        "pods/exec | list | r | 0",
        "pods/exec | create | other | 0",
        "pods | get | cluster-admin | 1"
      })
  void onlyWhoMayRunCommandsIsNamed(String resource, String verb, String bound, int grants) {
    String text =
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: r}
        rules: [{apiGroups: [''], resources: ['%s'], verbs: ['%s']}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: b, namespace: shop}
        roleRef: {kind: ClusterRole, name: %s}
        subjects: [{kind: Group, name: ops}]
        """
            .formatted(resource, verb, bound);
    List<ExecRights.Grant> found =
        ExecRights.of(ManifestReader.read(List.of(new Source("f", text))));
    assertThat(found).hasSize(grants);
    assertThat(found)
        .allSatisfy(
            g -> {
              assertThat(g.subject()).isEqualTo("Group ops");
              assertThat(g.namespace()).isEqualTo("shop");
            });
  }
}
