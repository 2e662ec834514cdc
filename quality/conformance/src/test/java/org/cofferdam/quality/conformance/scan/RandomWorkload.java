// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Workloads as people write them, put together from realistic pieces by a seed. */
final class RandomWorkload {
  private static final List<String> IMAGES =
      List.of(
          "nginx:1.27",
          "postgres:17-alpine",
          "redis:7",
          "ghcr.io/acme/orders:2.4.1",
          "eclipse-temurin:21-jre",
          "node:22-slim",
          "quay.io/prometheus/prometheus:v2.53.0",
          "registry.k8s.io/pause@sha256:7031c1b283388d2c2e09b57badb803c05ebed362dc88d84b480cc47f72a21097");

  private static final List<String> POD =
      List.of(
          "hostNetwork: true",
          "hostPID: true",
          "shareProcessNamespace: true",
          "hostAliases: [{ip: 10.0.0.1, hostnames: [a]}]",
          "dnsPolicy: None",
          "dnsConfig: {nameservers: [10.0.0.10]}",
          "serviceAccountName: app",
          "automountServiceAccountToken: false",
          "terminationGracePeriodSeconds: 30",
          "priorityClassName: high",
          "nodeSelector: {disktype: ssd}",
          "tolerations: [{key: a, operator: Exists}]",
          "imagePullSecrets: [{name: registry}]",
          "securityContext: {runAsNonRoot: true, fsGroup: 1000}",
          "securityContext: {sysctls: [{name: net.core.somaxconn, value: '1024'}]}",
          "topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}]",
          "runtimeClassName: kata-cc-isolation",
          "enableServiceLinks: false");

  private static final List<String> CONTAINER =
      List.of(
          "command: [/app/run, --port, '8080']",
          "args: [serve]",
          "ports: [{name: http, containerPort: 8080}]",
          "ports: [{containerPort: 8080, hostPort: 80}]",
          "env: [{name: LOG_LEVEL, value: info}, {name: DB, valueFrom: {secretKeyRef: {name: db, key: password}}}]",
          "env: [{name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]",
          "env: [{name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]",
          "env: [{name: CPUS, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}]",
          "envFrom: [{configMapRef: {name: settings}}, {secretRef: {name: more}}]",
          "resources: {limits: {memory: 256Mi, cpu: 500m}, requests: {memory: 128Mi, cpu: 100m}}",
          "resources: {limits: {nvidia.com/gpu: 1, memory: 1Gi}}",
          "livenessProbe: {httpGet: {path: /healthz, port: 8080}}",
          "readinessProbe: {exec: {command: [cat, /tmp/ready]}}",
          "lifecycle: {preStop: {exec: {command: [sleep, '5']}}}",
          "securityContext: {privileged: true}",
          "securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}}",
          "securityContext: {runAsUser: 1000, runAsGroup: 3000}",
          "workingDir: /srv",
          "imagePullPolicy: IfNotPresent",
          "tty: true",
          "colour: red");

  /** Volume and mount together. */
  private static final List<List<String>> VOLUMES =
      List.of(
          List.of("{name: V, emptyDir: {}}", "{name: V, mountPath: /P}"),
          List.of("{name: V, emptyDir: {medium: Memory}}", "{name: V, mountPath: /P}"),
          List.of("{name: V, emptyDir: {}}", "{name: V, mountPath: /P, subPath: a}"),
          List.of("{name: V, configMap: {name: settings}}", "{name: V, mountPath: /P}"),
          List.of(
              "{name: V, secret: {secretName: tls}}", "{name: V, mountPath: /P, readOnly: true}"),
          List.of(
              "{name: V, secret: {secretName: tls, items: [{key: k, path: k}]}}",
              "{name: V, mountPath: /P, readOnly: true}"),
          List.of("{name: V, hostPath: {path: /var/run/docker.sock}}", "{name: V, mountPath: /P}"),
          List.of("{name: V, persistentVolumeClaim: {claimName: c}}", "{name: V, mountPath: /P}"),
          List.of(
              "{name: V, projected: {sources: [{serviceAccountToken: {path: t}}]}}",
              "{name: V, mountPath: /P}"),
          List.of(
              "{name: V, downwardAPI: {items: [{path: l, fieldRef: {fieldPath: metadata.labels}}]}}",
              "{name: V, mountPath: /P}"),
          List.of("{name: V, nfs: {server: n, path: /x}}", "{name: V, mountPath: /P}"),
          List.of("{name: V, csi: {driver: d.example}}", "{name: V, mountPath: /P}"));

  private final Random random;
  private final List<String> volumes = new ArrayList<>();

  /** Every third one is plain, so that all verdicts come up. */
  private final int density;

  private RandomWorkload(long seed) {
    this.random = new Random(seed);
    this.density = seed % 3 == 0 ? 1 : 4;
  }

  static String of(long seed) {
    return new RandomWorkload(seed).write(seed);
  }

  private String write(long seed) {
    String kind = one(List.of("Pod", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"));
    int containers = 1 + random.nextInt(2);
    StringBuilder all = new StringBuilder("containers:\n");
    for (int i = 0; i < containers; i++) {
      container(all, "c" + i);
    }
    if (random.nextInt(4) == 0) {
      all.append("initContainers:\n");
      container(all, "init");
      if (random.nextInt(3) == 0) {
        all.append("  restartPolicy: Always\n");
      }
    }
    if (!volumes.isEmpty()) {
      all.append("volumes:\n");
      volumes.forEach(v -> all.append("- ").append(v).append('\n'));
    }
    some(POD, density / 2).forEach(f -> all.append(f).append('\n'));
    boolean job = kind.equals("Job") || kind.equals("CronJob");
    if (job) {
      all.append("restartPolicy: Never\n");
    }
    String name = "w" + seed;
    String head = kind.equals("Pod") ? "v1" : job ? "batch/v1" : "apps/v1";
    String metadata =
        random.nextInt(10) == 0
            ? "metadata: {labels: {app: a}, annotations: {sidecar.istio.io/inject: 'true'}}\n"
            : "metadata: {labels: {app: a}}\n";
    String template = metadata + "spec:\n" + all.toString().indent(2);
    String object = "apiVersion: " + head + "\nkind: " + kind + "\n";
    return switch (kind) {
      case "Pod" -> object + "metadata: {name: " + name + "}\nspec:\n" + all.toString().indent(2);
      case "CronJob" ->
          object
              + "metadata: {name: "
              + name
              + "}\nspec:\n  schedule: '0 * * * *'\n  jobTemplate:\n    spec:\n      template:\n"
              + template.indent(8);
      case "Job" ->
          object + "metadata: {name: " + name + "}\nspec:\n  template:\n" + template.indent(4);
      default ->
          object
              + "metadata: {name: "
              + name
              + "}\nspec:\n  selector: {matchLabels: {app: a}}\n"
              + (kind.equals("StatefulSet") && random.nextBoolean()
                  ? "  volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce]}}]\n"
                  : "")
              + "  template:\n"
              + template.indent(4);
    };
  }

  private void container(StringBuilder all, String name) {
    all.append("- name: ").append(name).append("\n  image: ").append(one(IMAGES)).append('\n');
    some(CONTAINER, density).forEach(f -> all.append("  ").append(f).append('\n'));
    List<String> mounts = new ArrayList<>();
    for (List<String> volume : someVolumes()) {
      String v = "v" + volumes.size();
      volumes.add(volume.get(0).replace("V", v));
      mounts.add(volume.get(1).replace("V", v).replace("/P", "/mnt/" + v));
    }
    if (!mounts.isEmpty()) {
      all.append("  volumeMounts: [").append(String.join(", ", mounts)).append("]\n");
    }
  }

  private List<List<String>> someVolumes() {
    List<List<String>> chosen = new ArrayList<>();
    for (List<String> volume : VOLUMES) {
      if (density > 1 && random.nextInt(VOLUMES.size() * 2) == 0) {
        chosen.add(volume);
      }
    }
    return chosen;
  }

  /** Some lines, at most one for each key. */
  private List<String> some(List<String> lines, int about) {
    List<String> chosen = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (String line : lines) {
      String key = line.substring(0, line.indexOf(':'));
      if (random.nextInt(lines.size()) < about && !keys.contains(key)) {
        keys.add(key);
        chosen.add(line);
      }
    }
    return chosen;
  }

  private String one(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
