// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Workloads as people write them: every kind, with features drawn at random from a seed. */
final class Workloads {
  static final String IMAGE = "registry.example/app:1.4";

  private static final List<String> KINDS =
      List.of(
          "Pod",
          "Deployment",
          "StatefulSet",
          "DaemonSet",
          "ReplicaSet",
          "Job",
          "CronJob",
          "ReplicationController");

  private final Random random;
  private final StringBuilder text = new StringBuilder();
  private final List<String> volumes = new ArrayList<>();

  private Workloads(long seed) {
    this.random = new Random(seed);
  }

  static String manifest(int number) {
    return new Workloads(number).write(number);
  }

  private boolean one(int in) {
    return random.nextInt(in) == 0;
  }

  private void line(int indent, String line) {
    text.append(" ".repeat(indent)).append(line).append('\n');
  }

  private String write(int number) {
    String kind = KINDS.get(number % KINDS.size());
    String name = "app-" + number;
    line(0, "# Written by hand, number " + number + ".");
    line(0, "apiVersion: v1");
    line(0, "kind: ConfigMap");
    line(0, "metadata: {name: " + name + ", namespace: shop}");
    line(0, "data:");
    line(2, "LEVEL: info   # the usual");
    line(2, "motd: |");
    line(4, "two");
    line(4, "lines");
    line(0, "---");
    line(0, "apiVersion: v1");
    line(0, "kind: Secret");
    line(0, "metadata: {name: " + name + ", namespace: shop}");
    line(0, "stringData: {token: hunter2-" + number + "}");
    line(0, "---");
    line(0, "apiVersion: " + version(kind));
    line(0, "kind: " + kind);
    line(0, "metadata:");
    line(2, "name: " + name);
    line(2, "namespace: shop");
    int indent = 0;
    if (!kind.equals("Pod")) {
      line(0, "spec:");
      indent = 2;
      owner(kind, name);
      if (kind.equals("CronJob")) {
        line(2, "jobTemplate:");
        line(4, "spec:");
        indent = 6;
      }
      line(indent, "template:");
      line(indent + 2, "metadata:");
      line(indent + 4, "labels: {app: " + name + "}");
      if (one(3)) {
        line(indent + 4, "annotations:");
        line(indent + 6, "prometheus.io/scrape: \"true\"  # metrics");
      }
      indent += 2;
    }
    line(indent, "spec:");
    pod(indent + 2, kind, name);
    return text.toString();
  }

  private static String version(String kind) {
    return switch (kind) {
      case "Pod", "ReplicationController" -> "v1";
      case "Job", "CronJob" -> "batch/v1";
      default -> "apps/v1";
    };
  }

  private void owner(String kind, String name) {
    switch (kind) {
      case "Job" -> line(2, "backoffLimit: 2");
      case "CronJob" -> line(2, "schedule: \"*/5 * * * *\"");
      case "ReplicationController" -> line(2, "selector: {app: " + name + "}");
      default -> line(2, "selector: {matchLabels: {app: " + name + "}}");
    }
    if (kind.equals("StatefulSet")) {
      line(2, "serviceName: " + name);
    }
  }

  private void pod(int at, String kind, String name) {
    if (kind.endsWith("Job")) {
      line(at, "restartPolicy: Never");
    }
    if (one(2)) {
      line(at, "automountServiceAccountToken: false");
    }
    if (one(4)) {
      line(at, "serviceAccountName: app");
    }
    if (one(4)) {
      line(at, "nodeSelector: {kubernetes.io/os: linux}");
    }
    if (one(5)) {
      line(at, "shareProcessNamespace: true");
    }
    if (one(4)) {
      line(at, "terminationGracePeriodSeconds: 45");
    }
    line(at, "securityContext:");
    line(at + 2, "runAsUser: 1000");
    line(at + 2, "runAsGroup: 1000");
    if (one(2)) {
      line(at + 2, "runAsNonRoot: true");
      line(at + 2, "seccompProfile: {type: RuntimeDefault}");
    }
    if (one(3)) {
      line(at + 2, "fsGroup: 2000");
    }
    if (one(4)) {
      line(at + 2, "supplementalGroups: [3000, 4000]");
    }
    if (one(8)) {
      line(at + 2, "sysctls: [{name: net.core.somaxconn, value: \"1024\"}]");
    }
    for (String volume : List.of("config", "cache", "memory", "secret", "info", "tokens")) {
      if (one(3)) {
        volumes.add(volume);
      }
    }
    if (one(3)) {
      line(at, "initContainers:");
      container(at, "init", name);
      if (one(2)) {
        container(at, "proxy", name);
        line(at + 2, "  restartPolicy: Always");
      }
    }
    line(at, "containers:");
    container(at, "app", name);
    if (one(3)) {
      container(at, "side", name);
    }
    if (!volumes.isEmpty()) {
      line(at, "volumes:");
      volumes.forEach(v -> volume(at + 2, v, name));
    }
  }

  private void volume(int at, String volume, String name) {
    String source =
        switch (volume) {
          case "config" -> "configMap: {name: " + name + "}";
          case "cache" -> "emptyDir: {sizeLimit: 1Gi}";
          case "memory" -> "emptyDir: {medium: Memory}";
          case "secret" -> "secret: {secretName: " + name + ", defaultMode: 0400}";
          case "info" ->
              "downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}";
          default -> "projected: {sources: [{serviceAccountToken: {path: token, audience: shop}}]}";
        };
    line(at, "- {name: " + volume + ", " + source + "}");
  }

  private void container(int at, String container, String name) {
    int in = at + 4;
    line(at + 2, "- name: " + container);
    line(in, "image: " + IMAGE + (one(4) ? "   # moves" : ""));
    if (one(3)) {
      line(in, "command: [/usr/bin/" + container + "]");
    }
    if (one(2)) {
      line(in, "args: [\"--level=$(LEVEL)\", \"--pod=$(POD)\", \"$$HOME\"]");
    }
    if (one(4)) {
      line(in, "workingDir: /srv");
    }
    line(in, "env:");
    line(in + 2, "- {name: LEVEL, valueFrom: {configMapKeyRef: {name: " + name + ", key: LEVEL}}}");
    line(in + 2, "- {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}");
    if (one(2)) {
      line(in + 2, "- {name: TOKEN, valueFrom: {secretKeyRef: {name: " + name + ", key: token}}}");
    }
    if (one(3)) {
      line(in + 2, "- {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}");
      line(in + 2, "- {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}");
    }
    if (one(4)) {
      line(in, "envFrom: [{configMapRef: {name: " + name + "}}]");
    }
    boolean ends = container.equals("init");
    if (!ends && one(2)) {
      line(in, "ports: [{containerPort: 8080, name: http}]");
      line(in, "readinessProbe: {httpGet: {path: /ready, port: http}, periodSeconds: 5}");
    }
    if (!ends && one(3)) {
      line(in, "livenessProbe:");
      line(in + 2, "exec: {command: [/healthy, \"-q\"]}");
    }
    if (!ends && one(4)) {
      line(in, "lifecycle: {preStop: {exec: {command: [/drain]}}}");
    }
    line(in, "resources: {limits: {memory: 128Mi, cpu: 250m}}");
    if (one(2)) {
      line(in, "securityContext:");
      line(in + 2, "allowPrivilegeEscalation: false");
      line(in + 2, "readOnlyRootFilesystem: true");
      line(in + 2, "capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}");
    }
    if (!volumes.isEmpty()) {
      line(in, "volumeMounts:");
      for (String volume : volumes) {
        line(in + 2, "- {name: " + volume + ", mountPath: /mnt/" + volume + "}");
      }
    }
  }
}
