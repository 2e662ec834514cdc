// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
  private static final String POD =
      "metadata: {labels: {app: a}}\nspec: {containers: [{name: c, image: i}]}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Deployment",
        "StatefulSet",
        "DaemonSet",
        "ReplicaSet",
        "ReplicationController",
        "Job"
      })
  void kindsWithATemplate(String kind) {
    Bundle bundle =
        read(
            "apiVersion: v1\nkind: "
                + kind
                + "\nmetadata: {name: n}\nspec:\n  template:\n    "
                + POD.replace("\n", "\n    "));
    assertThat(bundle.problems()).isEmpty();
    assertThat(bundle.workloads())
        .singleElement()
        .satisfies(w -> assertThat(w.id()).isEqualTo("default/n"));
  }

  @Test
  void podsCronJobsAndListsAreRead() {
    Bundle bundle =
        read(
            """
            apiVersion: v1
            kind: List
            items:
            - apiVersion: v1
              kind: Pod
              metadata: {generateName: p-, namespace: x}
              spec: {containers: [{name: c, image: i}]}
            - apiVersion: batch/v1
              kind: CronJob
              metadata: {name: cj}
              spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: c, image: i}]}}}}}
            """);
    assertThat(bundle.problems()).isEmpty();
    assertThat(bundle.workloads()).extracting(Workload::id).containsExactly("x/p", "default/cj");
  }

  @Test
  void secretsAreDecodedAndStringDataWins() {
    Bundle bundle =
        read(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: s}
            data: {a: b2xk, b: Yg==}
            stringData: {a: new}
            """);
    ConfigData secret = bundle.secret("default", "s").orElseThrow();
    assertThat(text(secret, "a")).isEqualTo("new");
    assertThat(text(secret, "b")).isEqualTo("b");
    assertThat(bundle.toString()).doesNotContain("new");
  }

  @Test
  void aWrongTypeIsAProblemWithItsLineAndTheRestGoesOn() {
    Bundle bundle =
        read(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers: 7\n---\n"
                + "apiVersion: v1\nkind: Pod\nmetadata: {name: b}\n"
                + "spec: {containers: [{name: c, image: i}]}\n");
    assertThat(bundle.problems()).singleElement().satisfies(p -> assertThat(p.line()).isEqualTo(5));
    assertThat(bundle.workloads()).extracting(Workload::name).containsExactly("b");
  }

  @Test
  void aNumberWhereKubernetesWantsTextIsAProblem() {
    Bundle bundle =
        read(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
                + "spec: {containers: [{name: c, image: i, args: [1]}]}\n");
    assertThat(bundle.workloads()).isEmpty();
    assertThat(bundle.problems()).hasSize(1);
  }

  @Test
  void otherKindsAreKeptAsDocuments() {
    Bundle bundle = read("apiVersion: example.org/v1\nkind: Anything\nmetadata: {name: a}\n");
    assertThat(bundle.problems()).isEmpty();
    assertThat(bundle.documents()).hasSize(1);
  }

  @Test
  void aServiceSelectsByAllItsLabels() {
    Bundle bundle =
        read(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: s}
            spec: {selector: {app: a}, ports: [{port: 80, targetPort: http}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: yes, labels: {app: a, more: b}}
            spec: {containers: [{name: c, image: i}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: no, labels: {app: b}}
            spec: {containers: [{name: c, image: i}]}
            """);
    assertThat(bundle.servicesOf(bundle.workloads().get(0))).hasSize(1);
    assertThat(bundle.servicesOf(bundle.workloads().get(1))).isEmpty();
  }

  private static String text(ConfigData data, String key) {
    return Objects.requireNonNull(data.values().get(key))
        .lend(b -> new String(b, StandardCharsets.UTF_8));
  }

  private static Bundle read(String text) {
    return ManifestReader.read(List.of(new Source("f", text)));
  }
}
