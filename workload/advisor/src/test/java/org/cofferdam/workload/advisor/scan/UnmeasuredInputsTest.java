// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cofferdam.workload.model.ManifestReader;
import org.cofferdam.workload.model.Source;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One input that nobody measures at a time, put into a workload that has none. */
class UnmeasuredInputsTest {
  private static final String IMAGE =
      "registry.example/app@sha256:7031c1b283388d2c2e09b57badb803c05ebed362dc88d84b480cc47f72a21097";
  private static final String SEALED =
      "enableServiceLinks: false, automountServiceAccountToken: false, ";

  /**
   * Whether it stands in the container (c), beside it in the pod's spec (s), or is a volume (v).
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c | env: [{name: A, valueFrom: {configMapKeyRef: {name: m, key: k}}}] | input.env-config-map",
        "c | env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}] | input.env-secret",
        "c | env: [{name: A, valueFrom: {fieldRef: {fieldPath: status.podIP}}}] | input.env-field",
        "c | env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}] | input.env-resource",
        "c | env: [{name: A, valueFrom: {fileKeyRef: {path: p, key: k, volumeName: v}}}] | input.env-file",
        "c | envFrom: [{configMapRef: {name: m}}] | input.env-from-config-map",
        "c | envFrom: [{secretRef: {name: s}}] | input.env-from-secret",
        "c | stdin: true | input.stdin",
        "c | volumeDevices: [{name: v, devicePath: /dev/x}] | input.block-device",
        "c | 'resources: {limits: {nvidia.com/gpu: 1}}' | input.device",
        "s | hostNetwork: true | input.host-network",
        "s | hostPID: true | input.host-processes",
        "s | hostIPC: true | input.host-memory",
        "s | hostAliases: [{ip: 10.0.0.1, hostnames: [a]}] | input.host-aliases",
        "s | dnsConfig: {nameservers: [10.0.0.1]} | input.dns-config",
        "s | initContainers: [{name: i, image: 'busybox:1'}] | input.image-tag",
        "s | ephemeralContainers: [{name: e, image: 'busybox:1'}] | input.ephemeral-container",
        "v | configMap: {name: m} | input.config-map-files",
        "v | secret: {secretName: s} | input.secret-files",
        "v | projected: {sources: [{serviceAccountToken: {path: t}}]} | input.projected-files",
        "v | downwardAPI: {items: []} | input.downward-files",
        "v | hostPath: {path: /etc} | input.host-path",
        "v | persistentVolumeClaim: {claimName: c} | input.volume-claim",
        "v | csi: {driver: d} | input.csi-volume",
        "v | nfs: {server: n, path: /x} | input.network-volume",
        "v | ephemeral: {volumeClaimTemplate: {spec: {}}} | input.ephemeral-volume",
        "v | image: {reference: 'data:1'} | input.image-volume",
        "v | azureDisk: {diskName: d, diskURI: u} | input.provider-disk",
        "v | gitRepo: {repository: r} | input.git-volume"
      })
  void eachIsFoundAlone(String where, String field, String id) {
    String container = where.equals("c") ? ", " + field : "";
    String spec =
        where.equals("s")
            ? ", " + field
            : where.equals("v") ? ", volumes: [{name: v, " + field + "}]" : "";
    assertThat(
            ids(
                "Pod",
                "{"
                    + SEALED
                    + "containers: [{name: c, image: "
                    + IMAGE
                    + container
                    + "}]"
                    + spec
                    + "}"))
        .containsExactly(id);
  }

  @Test
  void whatIsOnUnlessSwitchedOffIsFoundToo() {
    assertThat(ids("Pod", "{containers: [{name: c, image: " + IMAGE + "}]}"))
        .containsExactlyInAnyOrder("input.service-links", "input.service-account-token");
  }

  /** Workloads of ten kinds and tastes that take nothing in. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ", command: [/app, --port, '8080']",
        ", args: [serve], ports: [{containerPort: 8080}]",
        ", env: [{name: A, value: b}]",
        ", livenessProbe: {httpGet: {port: 8080}}",
        ", resources: {limits: {memory: 64Mi, cpu: 1}}",
        ", securityContext: {runAsUser: 1000, readOnlyRootFilesystem: true}",
        ", workingDir: /srv, terminationMessagePath: /dev/null",
        ", volumeMounts: [{name: v, mountPath: /tmp}]",
        ", lifecycle: {preStop: {exec: {command: [sleep, '5']}}}"
      })
  void nothingIsFoundWhereThereIsNothing(String more) {
    String volumes = more.contains("volumeMounts") ? ", volumes: [{name: v, emptyDir: {}}]" : "";
    assertThat(
            ids(
                "Pod",
                "{"
                    + SEALED
                    + "containers: [{name: c, image: "
                    + IMAGE
                    + more
                    + "}]"
                    + volumes
                    + "}"))
        .isEmpty();
  }

  private static List<String> ids(String kind, String spec) {
    Workload workload =
        ManifestReader.read(
                List.of(
                    new Source(
                        "f",
                        "apiVersion: v1\nkind: "
                            + kind
                            + "\nmetadata: {name: p}\nspec: "
                            + spec
                            + "\n")))
            .workloads()
            .getFirst();
    return UnmeasuredInputs.of(workload).stream().map(Finding::id).toList();
  }
}
