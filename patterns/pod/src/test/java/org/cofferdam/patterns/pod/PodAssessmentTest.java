// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.ManifestReader;
import org.cofferdam.workload.model.Source;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Fit;
import org.cofferdam.workload.pattern.Severity;
import org.cofferdam.workload.pattern.rules.FieldRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule alone: a pod without findings, and one line more. */
class PodAssessmentTest {
  private static final String IMAGE = "i@sha256:" + "0".repeat(64);
  private static final String LIMITS = "resources: {limits: {memory: 64Mi}}";

  /**
   * @param spec line of the pod's spec, or empty
   * @param container members of its container, or empty
   * @param id of the one finding
   * @param verdict that follows
   */
  record Rule(String spec, String container, String id, Fit.Verdict verdict) {}

  static List<Rule> rules() {
    Fit.Verdict out = Fit.Verdict.DOES_NOT_FIT;
    Fit.Verdict change = Fit.Verdict.FITS_AFTER_CHANGES;
    Fit.Verdict fits = Fit.Verdict.FITS;
    return List.of(
        new Rule("hostNetwork: true", "", "pod.host-network", out),
        new Rule("hostPID: true", "", "pod.host-pid", out),
        new Rule("hostIPC: true", "", "pod.host-ipc", out),
        new Rule("os: {name: windows}", "", "pod.windows", out),
        new Rule("nodeSelector: {kubernetes.io/os: windows}", "", "pod.windows", out),
        new Rule("nodeSelector: {kubernetes.io/arch: arm64}", "", "pod.architecture", out),
        new Rule("shareProcessNamespace: true", "", "pod.shared-processes", change),
        new Rule("hostAliases: [{ip: 10.0.0.1, hostnames: [a]}]", "", "pod.host-aliases", change),
        new Rule("securityContext: {sysctls: [{name: a, value: b}]}", "", "pod.sysctls", change),
        new Rule(
            "ephemeralContainers: [{name: d, image: i}]", "", "pod.ephemeral-containers", change),
        new Rule("resourceClaims: [{name: a}]", "", "pod.resource-claims", change),
        new Rule("dnsConfig: {nameservers: [10.0.0.1]}", "", "pod.dns-config", fits),
        new Rule("dnsPolicy: None", "", "pod.dns-policy", fits),
        new Rule("hostUsers: false", "", "pod.host-users", fits),
        new Rule("setHostnameAsFQDN: true", "", "pod.fqdn", fits),
        new Rule("subdomain: a", "", "pod.subdomain", fits),
        new Rule("imagePullSecrets: [{name: a}]", "", "pod.pull-secrets", fits),
        new Rule("nodeName: a", "", "pod.scheduling", fits),
        new Rule("restartPolicy: Never", "", "pod.restart-policy", fits),
        new Rule("serviceAccountName: a", "", "pod.service-account", fits),
        new Rule("runtimeClassName: kata-cc-isolation", "", "pod.withdrawn-runtime", change),
        new Rule("runtimeClassName: enclave-cc", "", "pod.withdrawn-runtime", change),
        new Rule("runtimeClassName: kata-cc", "", "pod.old-runtime", fits),
        new Rule(
            "volumes: [{name: a, emptyDir: {medium: HugePages}}]", "", "pod.huge-pages", change),
        new Rule(
            "initContainers: [{name: s, image: '"
                + IMAGE
                + "', restartPolicy: Always, "
                + LIMITS
                + "}]",
            "",
            "pod.sidecar",
            change),
        new Rule("", "securityContext: {privileged: true}", "pod.privileged", change),
        new Rule("", "securityContext: {procMount: Unmasked}", "pod.proc-mount", change),
        new Rule(
            "", "securityContext: {seccompProfile: {type: RuntimeDefault}}", "pod.seccomp", fits),
        new Rule(
            "", "securityContext: {appArmorProfile: {type: Unconfined}}", "pod.apparmor", fits),
        new Rule("", "securityContext: {seLinuxOptions: {type: a}}", "pod.selinux", fits),
        new Rule("", "ports: [{containerPort: 1, hostPort: 1}]", "pod.host-port", change),
        new Rule("", "ports: [{containerPort: 1, protocol: UDP}]", "pod.udp", fits),
        new Rule("", "ports: [{containerPort: 1, protocol: SCTP}]", "pod.sctp", fits),
        new Rule("", "volumeDevices: [{name: a, devicePath: /dev/a}]", "pod.block-device", change),
        new Rule("", "lifecycle: {preStop: {exec: {command: [a]}}}", "pod.lifecycle-hooks", fits),
        new Rule("", "livenessProbe: {exec: {command: [a]}}", "pod.probe-exec", fits),
        new Rule("", "startupProbe: {exec: {command: [a]}}", "pod.probe-exec", fits),
        new Rule("", "readinessProbe: {httpGet: {port: 1}}", "pod.probe-http", fits),
        new Rule("", "tty: true", "pod.tty", fits),
        new Rule("", "stdin: true", "pod.stdin", fits),
        new Rule("", "terminationMessagePath: /a", "pod.termination-message", fits),
        new Rule(
            "",
            "resizePolicy: [{resourceName: cpu, restartPolicy: NotRequired}]",
            "pod.resize",
            fits),
        new Rule("", "imagePullPolicy: Never", "pod.pull-policy", fits),
        new Rule(
            "initContainers: [{name: s, image: 'i:1', " + LIMITS + "}]", "", "pod.image-tag", fits),
        new Rule("", "livenessProbe: {grpc: {port: 1}}", "pod.probe-http", fits),
        new Rule("", "stdinOnce: true", "pod.stdin", fits),
        new Rule(
            "volumes: [{name: a, emptyDir: {}}]",
            "volumeMounts: [{name: a, mountPath: /a, recursiveReadOnly: Enabled}]",
            "pod.recursive-read-only",
            fits),
        new Rule("", "securityContext: {windowsOptions: {}}", "pod.windows", out),
        new Rule("", "securityContext: {runAsNonRoot: true}", "pod.run-as-non-root", fits),
        new Rule("securityContext: {fsGroupChangePolicy: Always}", "", "pod.fs-group-policy", fits),
        new Rule(
            "securityContext: {supplementalGroupsPolicy: Merge}", "", "pod.groups-policy", fits),
        new Rule("automountServiceAccountToken: true", "", "pod.service-account", fits),
        new Rule("enableServiceLinks: true", "", "pod.service-links", fits),
        new Rule("overhead: {memory: 1Mi}", "", "pod.overhead", fits),
        new Rule("", "restartPolicyRules: [{action: Restart}]", "pod.restart-rules", fits),
        new Rule(
            "initContainers: [{name: s, image: '"
                + IMAGE
                + "', resources: {limits: {memory: 1Gi, cpu: 1}}}]",
            "",
            "pod.cpu-limit",
            fits),
        new Rule("unheardOf: 1", "", "pod.unknown-field", fits),
        new Rule("", "unheardOf: 1", "pod.unknown-field", fits),
        new Rule("", "env: [{name: DB_PASSWORD, value: x}]", "pod.secret-in-env", fits),
        new Rule(
            "",
            "env: [{name: A, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]",
            "pod.env-downward",
            change),
        new Rule(
            "",
            "env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}]",
            "pod.env-source",
            change),
        new Rule(
            "",
            "env: [{name: S, valueFrom: {secretKeyRef: {name: s, key: k}}}], command: [a, $(S)]",
            "pod.secret-in-text",
            change),
        new Rule(
            "volumes: [{name: a, hostPath: {path: /}}]",
            "volumeMounts: [{name: a, mountPath: /a}]",
            "pod.volume-content",
            change),
        new Rule(
            "volumes: [{name: a, emptyDir: {}}]",
            "volumeMounts: [{name: a, mountPath: /a, subPath: b}]",
            "pod.sub-path",
            change),
        new Rule(
            "volumes: [{name: a, emptyDir: {}}]",
            "volumeMounts: [{name: a, mountPath: /a, mountPropagation: Bidirectional}]",
            "pod.mount-propagation",
            change),
        new Rule(
            "volumes: [{name: a, emptyDir: {}}]",
            "volumeMounts: [{name: a, mountPath: /a, mountPropagation: HostToContainer}]",
            "pod.mount-propagation-in",
            fits),
        new Rule("", "volumeMounts: [{name: a, mountPath: /a}]", "manifest.no-such-volume", change),
        new Rule("volumes: [{name: a, emptyDir: {sizeLimit: much}}]", "", "pod.quantity", change),
        new Rule("", "envFrom: [{configMapRef: {name: absent}}]", "pod.reference-missing", fits));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void eachRuleAlone(Rule rule) {
    Fit fit =
        assess(
            pod(rule.spec(), rule.container() + (rule.container().isEmpty() ? "" : ", ") + LIMITS));
    assertThat(fit.findings()).extracting(Finding::id).containsOnly(rule.id());
    assertThat(fit.verdict()).isEqualTo(rule.verdict());
    assertThat(fit.findings())
        .allSatisfy(
            f -> {
              assertThat(f.place().line()).isPositive();
              assertThat(f.message()).isNotBlank();
              assertThat(f.fix().isBlank() && f.severity() != Severity.INFO).isFalse();
            });
  }

  @Test
  void everyRuleOfTheTableIsTriedHere() {
    Set<String> tried = new TreeSet<>(rules().stream().map(Rule::id).toList());
    assertThat(tried).containsAll(FieldRules.load(PodAssessment.class, "field-rules.txt").ids());
  }

  @Test
  void anOrdinaryPodHasNoFindings() {
    assertThat(assess(pod("", LIMITS)).findings()).isEmpty();
  }

  @Test
  void aMissingMemoryLimitIsAWarning() {
    assertThat(assess(pod("", "command: [a]")).findings())
        .extracting(Finding::id)
        .containsExactly("pod.memory-limit");
  }

  @Test
  void devicesOfTheNodeAreNamed() {
    assertThat(assess(pod("", "resources: {limits: {memory: 1Gi, nvidia.com/gpu: 1}}")).findings())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.id()).isEqualTo("pod.device");
              assertThat(f.place().pointer()).endsWith("/limits/nvidia.com~1gpu");
            });
  }

  @Test
  void aNameThatPointsToASecretIsNone() {
    assertThat(assess(pod("", "env: [{name: TOKEN_FILE, value: /a}], " + LIMITS)).findings())
        .isEmpty();
  }

  @Test
  void aDaemonSetDoesNotFit() {
    String text =
        "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: d}\nspec: {template: {spec: {containers: [{name: c, image: '"
            + IMAGE
            + "', "
            + LIMITS
            + "}]}}}\n";
    assertThat(assess(text).findings()).extracting(Finding::id).containsExactly("pod.daemon-set");
    assertThat(assess(text).verdict()).isEqualTo(Fit.Verdict.DOES_NOT_FIT);
  }

  @Test
  void volumesOfAStatefulSetAreAnError() {
    String text =
        "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: d}\nspec:\n  volumeClaimTemplates: [{}]\n  template: {spec: {containers: [{name: c, image: '"
            + IMAGE
            + "', "
            + LIMITS
            + "}]}}\n";
    assertThat(assess(text).findings())
        .extracting(Finding::id)
        .containsExactly("pod.volume-claims");
  }

  @Test
  void anInjectedSidecarIsAnError() {
    String text =
        pod("", LIMITS)
            .replace(
                "metadata: {name: p}",
                "metadata: {name: p, annotations: {sidecar.istio.io/inject: \"true\"}}");
    assertThat(assess(text).findings())
        .extracting(Finding::id)
        .containsExactly("pod.injected-sidecar");
  }

  private static String pod(String spec, String container) {
    return "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n"
        + (spec.isEmpty() ? "" : "  " + spec + "\n")
        + "  containers:\n  - {name: c, image: '"
        + IMAGE
        + "', "
        + container
        + "}\n";
  }

  private static Fit assess(String text) {
    Bundle bundle = ManifestReader.read(List.of(new Source("f", text)));
    assertThat(bundle.problems()).isEmpty();
    return new PodPattern().assess(bundle.workloads().getFirst(), bundle);
  }
}
