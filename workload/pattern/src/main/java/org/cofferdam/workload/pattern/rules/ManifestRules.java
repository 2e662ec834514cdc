// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.workload.images.ImageReference;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.ConfigData;
import org.cofferdam.workload.model.ContainerSpec;
import org.cofferdam.workload.model.EnvVar;
import org.cofferdam.workload.model.MountSpec;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.model.Quantity;
import org.cofferdam.workload.model.VolumeSpec;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Severity;

/**
 * Mistakes that keep a workload from running anywhere, so that no pattern is blamed for them. They
 * are found under every pattern with the same id.
 */
public final class ManifestRules {
  /** API versions that no supported Kubernetes serves any more, by kind and version. */
  private static final Map<String, String> REMOVED =
      Map.of(
          "extensions/v1beta1", "apps/v1",
          "apps/v1beta1", "apps/v1",
          "apps/v1beta2", "apps/v1",
          "batch/v1beta1", "batch/v1",
          "batch/v2alpha1", "batch/v1");

  private final Workload workload;
  private final Bundle bundle;
  private final List<Finding> findings = new ArrayList<>();

  private ManifestRules(Workload workload, Bundle bundle) {
    this.workload = workload;
    this.bundle = bundle;
  }

  /** All mistakes, in the order of the rules. */
  public static List<Finding> of(Workload workload, Bundle bundle) {
    ManifestRules rules = new ManifestRules(workload, bundle);
    rules.object();
    rules.volumes();
    Set<String> names = new HashSet<>();
    workload
        .pod()
        .all()
        .forEach(
            c -> {
              if (!names.add(c.name())) {
                rules.error(
                    "manifest.duplicate-container",
                    c.node().get("name").orElse(c.node()),
                    "Two containers are called '" + c.name() + "'.",
                    "Give each container a name of its own.");
              }
              rules.container(c);
            });
    return List.copyOf(rules.findings);
  }

  private void object() {
    Node.Mapping root = workload.document().root();
    String now = REMOVED.get(workload.document().apiVersion());
    if (now != null) {
      error(
          "manifest.removed-api",
          root.get("apiVersion").orElse(root),
          "No supported Kubernetes serves " + workload.document().apiVersion() + " any more.",
          "Write apiVersion: " + now + ".");
    }
    root.mapping("spec")
        .flatMap(s -> s.mapping("selector"))
        .flatMap(s -> s.mapping("matchLabels"))
        .ifPresent(this::selector);
    Node.Mapping spec = workload.pod().spec();
    String restart = spec.text("restartPolicy").orElse("Always");
    boolean job = workload.kind().equals("Job") || workload.kind().equals("CronJob");
    boolean keeps =
        Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet").contains(workload.kind());
    if ((job && restart.equals("Always")) || (keeps && !restart.equals("Always"))) {
      error(
          "manifest.restart-policy",
          spec.get("restartPolicy").orElse(spec),
          "A " + workload.kind() + " is not accepted with restartPolicy " + restart + ".",
          job ? "Write restartPolicy: Never or OnFailure." : "Write restartPolicy: Always.");
    }
  }

  private void selector(Node.Mapping labels) {
    labels
        .members()
        .forEach(
            (key, member) -> {
              String want = member.value() instanceof Node.Scalar s ? s.value() : "";
              if (!want.equals(workload.pod().labels().get(key))) {
                error(
                    "manifest.selector",
                    member.value(),
                    "The selector asks for " + key + "=" + want + ", which the pods do not have.",
                    "Give template.metadata.labels the same value.");
              }
            });
  }

  private void volumes() {
    Set<String> names = new HashSet<>();
    Set<String> claimed = new HashSet<>();
    workload
        .document()
        .root()
        .mapping("spec")
        .ifPresent(
            s ->
                s.items("volumeClaimTemplates").stream()
                    .filter(Node.Mapping.class::isInstance)
                    .forEach(
                        t ->
                            ((Node.Mapping) t)
                                .mapping("metadata")
                                .flatMap(m -> m.text("name"))
                                .ifPresent(claimed::add)));
    for (VolumeSpec volume : workload.pod().volumes()) {
      if (!names.add(volume.name())) {
        error(
            "manifest.duplicate-volume",
            volume.node(),
            "Two volumes are called '" + volume.name() + "'.",
            "Give each volume a name of its own.");
      }
    }
    names.addAll(claimed);
    workload
        .pod()
        .all()
        .forEach(
            c -> {
              Set<String> paths = new HashSet<>();
              for (MountSpec mount : c.mounts()) {
                if (!names.contains(mount.volume())) {
                  error(
                      "manifest.no-such-volume",
                      mount.node(),
                      "There is no volume '" + mount.volume() + "' in the pod.",
                      "Add it to 'volumes', or correct the name.");
                }
                if (!paths.add(mount.path())) {
                  error(
                      "manifest.duplicate-mount",
                      mount.node(),
                      "Two volumes are mounted on " + mount.path() + ".",
                      "Mount one of them elsewhere.");
                }
              }
            });
  }

  private void container(ContainerSpec container) {
    image(container);
    resources(container.node());
    Set<String> variables = new HashSet<>();
    for (EnvVar variable : container.env()) {
      if (!variables.add(variable.name())) {
        findings.add(
            new Finding(
                "manifest.duplicate-env",
                Severity.WARNING,
                variable.node().place(),
                "'" + variable.name() + "' is set twice: the last one wins.",
                "Take one of them out.",
                true));
      }
      keys(variable);
    }
    for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      for (String way : List.of("httpGet", "tcpSocket")) {
        container.node().at(probe, way, "port").ifPresent(port -> port(container, port));
      }
    }
  }

  private void image(ContainerSpec container) {
    Node at = container.node().get("image").orElse(container.node());
    if (container.image().isEmpty()) {
      error(
          "manifest.no-image",
          at,
          "The container has no image.",
          "Name one, best with its digest: 'image: name@sha256:…'.");
    } else if (!reference(container.image())) {
      error(
          "manifest.bad-image",
          at,
          "'" + container.image() + "' is no image reference.",
          "Write [HOST/]NAME[:TAG][@sha256:…] in lower case, without https:// and blanks; fill in variables first.");
    }
  }

  private static boolean reference(String text) {
    try {
      ImageReference.parse(text);
      return true;
    } catch (MalformedEvidenceException e) {
      return false;
    }
  }

  private void resources(Node.Mapping container) {
    for (String bound : List.of("limits", "requests")) {
      container
          .at("resources", bound)
          .filter(Node.Mapping.class::isInstance)
          .map(Node.Mapping.class::cast)
          .ifPresent(
              m ->
                  m.members()
                      .forEach(
                          (name, member) -> {
                            if (member.value() instanceof Node.Scalar s
                                && !s.isNull()
                                && Quantity.parse(s.value()).isEmpty()) {
                              error(
                                  "manifest.quantity",
                                  s,
                                  "'" + s.value() + "' is no amount of " + name + ".",
                                  "Write a number with one of m, Ki, Mi, Gi, k, M, G: 250m, 64Mi.");
                            }
                          }));
    }
    for (String name : List.of("cpu", "memory")) {
      Optional<Quantity> limit = quantity(container, "limits", name);
      Optional<Quantity> request = quantity(container, "requests", name);
      if (limit.isPresent()
          && request.isPresent()
          && request.get().value().compareTo(limit.get().value()) > 0) {
        error(
            "manifest.request-above-limit",
            container.at("resources", "requests", name).orElse(container),
            "More " + name + " is requested than the limit allows.",
            "Raise the limit or lower the request.");
      }
    }
  }

  private static Optional<Quantity> quantity(Node.Mapping container, String bound, String name) {
    return container
        .at("resources", bound, name)
        .flatMap(n -> n instanceof Node.Scalar s ? Quantity.parse(s.value()) : Optional.empty());
  }

  private void keys(EnvVar variable) {
    switch (variable.from()) {
      case EnvVar.SecretKey k ->
          key(variable, "Secret", bundle.secret(workload.namespace(), k.secret()), k.key());
      case EnvVar.ConfigMapKey k ->
          key(
              variable,
              "ConfigMap",
              bundle.configMap(workload.namespace(), k.configMap()),
              k.key());
      case EnvVar.Literal l -> {}
      case EnvVar.FieldRef f -> {}
      case EnvVar.Other o -> {}
    }
  }

  private void key(EnvVar variable, String kind, Optional<ConfigData> data, String key) {
    data.filter(d -> !d.values().containsKey(key))
        .ifPresent(
            d ->
                error(
                    "manifest.no-such-key",
                    variable.node(),
                    "The " + kind + " '" + d.name() + "' has no key '" + key + "'.",
                    "Use one of its keys: " + String.join(", ", d.values().keySet()) + "."));
  }

  private void port(ContainerSpec container, Node port) {
    if (port instanceof Node.Scalar s
        && s.integer().isEmpty()
        && container.node().items("ports").stream()
            .noneMatch(
                p ->
                    p instanceof Node.Mapping m && m.text("name").equals(Optional.of(s.value())))) {
      error(
          "manifest.probe-port",
          port,
          "The container has no port called '" + s.value() + "'.",
          "Give a port that name, or write its number.");
    }
  }

  private void error(String id, Node at, String message, String fix) {
    findings.add(new Finding(id, Severity.ERROR, at.place(), message, fix, true));
  }
}
