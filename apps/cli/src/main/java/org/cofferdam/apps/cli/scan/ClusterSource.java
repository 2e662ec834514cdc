// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.scan;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.ManifestReader;
import org.cofferdam.workload.model.Problem;
import org.cofferdam.workload.model.Source;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a live cluster, read with the verb {@code list} and no other. What is owned by
 * something that is read too (a pod of a Deployment) is left out. Secrets are not asked for: a scan
 * needs none of their values. What was denied becomes a problem and the rest is scanned.
 */
final class ClusterSource {
  private static final String FILE = "cluster";
  private static final int PAGE = 500;
  private static final int MAX_PAGES = 200;
  private static final int FORBIDDEN = 403;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;

  /** Path below the server → kind. */
  private static final Map<String, String> RESOURCES = new LinkedHashMap<>();

  static {
    RESOURCES.put("/api/v1/pods", "Pod");
    RESOURCES.put("/apis/apps/v1/deployments", "Deployment");
    RESOURCES.put("/apis/apps/v1/statefulsets", "StatefulSet");
    RESOURCES.put("/apis/apps/v1/daemonsets", "DaemonSet");
    RESOURCES.put("/apis/apps/v1/replicasets", "ReplicaSet");
    RESOURCES.put("/api/v1/replicationcontrollers", "ReplicationController");
    RESOURCES.put("/apis/batch/v1/jobs", "Job");
    RESOURCES.put("/apis/batch/v1/cronjobs", "CronJob");
    RESOURCES.put("/api/v1/services", "Service");
    RESOURCES.put("/api/v1/configmaps", "ConfigMap");
    RESOURCES.put("/api/v1/serviceaccounts", "ServiceAccount");
    RESOURCES.put("/api/v1/persistentvolumeclaims", "PersistentVolumeClaim");
    RESOURCES.put("/apis/networking.k8s.io/v1/networkpolicies", "NetworkPolicy");
    RESOURCES.put("/apis/networking.k8s.io/v1/ingresses", "Ingress");
    RESOURCES.put("/apis/rbac.authorization.k8s.io/v1/roles", "Role");
    RESOURCES.put("/apis/rbac.authorization.k8s.io/v1/rolebindings", "RoleBinding");
    RESOURCES.put("/apis/rbac.authorization.k8s.io/v1/clusterroles", "ClusterRole");
    RESOURCES.put("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", "ClusterRoleBinding");
  }

  private final List<Source> sources = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private ClusterSource() {}

  /**
   * Reads the cluster.
   *
   * @param kubeconfig file, or null for the usual places
   * @param context of it, or null for the current one
   * @param timeoutMillis for each request; after one that was not answered none follows
   */
  static Bundle read(@Nullable File kubeconfig, @Nullable String context, int timeoutMillis) {
    ClusterSource cluster = new ClusterSource();
    Config config;
    try {
      config =
          kubeconfig == null
              ? Config.autoConfigure(context)
              : Config.fromKubeconfig(context, kubeconfig);
    } catch (RuntimeException e) {
      cluster.problem(
          "The kubeconfig cannot be used: " + e.getMessage() + ".",
          "Name a file with --kubeconfig and a context with --context.");
      return cluster.bundle();
    }
    config.setRequestTimeout(timeoutMillis);
    config.setConnectionTimeout(timeoutMillis);
    config.setRequestRetryBackoffLimit(0);
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      for (Map.Entry<String, String> resource : RESOURCES.entrySet()) {
        if (!cluster.list(client, resource.getKey(), resource.getValue())) {
          break;
        }
      }
    }
    return cluster.bundle();
  }

  private Bundle bundle() {
    Bundle bundle = ManifestReader.read(sources);
    problems.addAll(bundle.problems());
    return bundle.with(problems);
  }

  /** False where the cluster does not answer at all, so that asking on is in vain. */
  private boolean list(KubernetesClient client, String path, String kind) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String more = "";
    try {
      for (int page = 0; page < MAX_PAGES; page++) {
        String answer = client.raw(path + "?limit=" + PAGE + more);
        if (answer == null) {
          return true;
        }
        Json.Obj list = Json.parse(answer.getBytes(StandardCharsets.UTF_8)).asObject("list");
        String version = list.string("apiVersion");
        for (Json item : list.array("items")) {
          item(item.asObject("item"), kind, version);
        }
        Optional<Json> next = list.object("metadata").get("continue");
        if (next.isEmpty() || next.get().equals(Json.of(""))) {
          return true;
        }
        more =
            "&continue="
                + URLEncoder.encode(next.get().asString("continue"), StandardCharsets.UTF_8);
      }
      problem("There are more " + name + " than a scan reads.", "Scan by namespace from files.");
      return true;
    } catch (MalformedEvidenceException e) {
      problem(
          "The answer about " + name + " is not what Kubernetes sends: " + e.getMessage() + ".",
          "Check that the kubeconfig names an API server.");
      return true;
    } catch (KubernetesClientException e) {
      return refused(e, name);
    }
  }

  private boolean refused(KubernetesClientException e, String name) {
    switch (e.getCode()) {
      case FORBIDDEN -> {
        problem(
            "Listing " + name + " in all namespaces was denied.",
            "Allow the verb list on " + name + ", or scan manifests instead.");
        return true;
      }
      case UNAUTHORIZED -> {
        problem(
            "The cluster does not accept the credentials.",
            "Log in again, or choose another context with --context.");
        return false;
      }
      case NOT_FOUND -> {
        return true;
      }
      // The client's codes where there was no answer at all.
      case -1, 0 -> {
        problem(
            "The cluster does not answer.",
            "Check the address and the network, or raise --timeout.");
        return false;
      }
      default -> {
        problem(
            "Listing " + name + " failed with HTTP status " + e.getCode() + ".",
            "Try again later.");
        return true;
      }
    }
  }

  /** Items of a list carry no kind; state that the cluster writes is not part of a workload. */
  private void item(Json.Obj item, String kind, String version) {
    Json.Obj metadata = item.object("metadata");
    boolean owned =
        metadata.get("ownerReferences").filter(o -> !o.equals(Json.array(List.of()))).isPresent();
    if (owned && !kind.equals("ServiceAccount")) {
      return;
    }
    Json.Builder kept = Json.object();
    metadata
        .members()
        .forEach(
            (key, value) -> {
              if (!key.equals("managedFields")) {
                kept.put(key, value);
              }
            });
    Json.Builder object = Json.object().put("apiVersion", version).put("kind", kind);
    item.members()
        .forEach(
            (key, value) -> {
              switch (key) {
                case "apiVersion", "kind", "status" -> {}
                case "metadata" -> object.put(key, kept.build());
                default -> object.put(key, value);
              }
            });
    String place = metadata.get("namespace").map(n -> n.asString("namespace") + "/").orElse("");
    sources.add(
        new Source(
            FILE + ":" + place + kind + "/" + metadata.string("name"), object.build().write()));
  }

  private void problem(String message, String fix) {
    problems.add(new Problem(FILE, 0, message, fix));
  }
}
