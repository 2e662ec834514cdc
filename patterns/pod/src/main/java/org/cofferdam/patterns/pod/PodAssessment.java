// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cofferdam.patterns.pod.convert.PodRehearsal;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.ContainerSpec;
import org.cofferdam.workload.model.EnvVar;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.model.Place;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Severity;
import org.cofferdam.workload.pattern.rules.FieldRules;
import org.cofferdam.workload.pattern.rules.ManifestRules;
import org.cofferdam.workload.pattern.rules.SchemaFindings;

/**
 * What the pod pattern has to say about a workload: the table of field rules, what single fields
 * cannot tell, and a rehearsal of the conversion itself, so that verdict and conversion cannot
 * disagree.
 */
final class PodAssessment {
  private static final FieldRules RULES = FieldRules.load(PodAssessment.class, "field-rules.txt");
  private static final Pattern SECRET_NAME =
      Pattern.compile(".*(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIAL).*");
  private static final Pattern POINTS_ELSEWHERE =
      Pattern.compile(".*(_FILE|_PATH|_NAME|_URL|_ENABLED|_TTL|_LENGTH|_EXPIRY|_EXPIRATION)$");

  /** Who asks for a sidecar: annotation or label of the pod, and its value. */
  private static final Map<String, String> INJECTION =
      Map.of(
          "sidecar.istio.io/inject", "true",
          "linkerd.io/inject", "enabled",
          "vault.hashicorp.com/agent-inject", "true",
          "dapr.io/enabled", "true");

  private final Workload workload;
  private final Bundle bundle;
  private final Set<Finding> findings = new LinkedHashSet<>();

  PodAssessment(Workload workload, Bundle bundle) {
    this.workload = workload;
    this.bundle = bundle;
  }

  /** All findings, in the order of the text. */
  List<Finding> findings() {
    findings.addAll(beforeConversion());
    Set<Place> mistakes =
        findings.stream()
            .filter(f -> f.id().startsWith("manifest."))
            .map(Finding::place)
            .collect(Collectors.toSet());
    PodRehearsal.findings(workload, bundle).stream()
        .filter(f -> !mistakes.contains(f.place()))
        // What a StatefulSet claims is an error of its own.
        .filter(f -> !(f.id().equals("pod.volume-unknown") && claims()))
        .forEach(findings::add);
    List<Finding> sorted = new ArrayList<>(findings);
    sorted.sort(
        Comparator.comparing((Finding f) -> f.place().file())
            .thenComparingInt(f -> f.place().line())
            .thenComparing(Finding::id));
    return sorted;
  }

  /** Those that the conversion itself does not come to. */
  List<Finding> beforeConversion() {
    findings.addAll(RULES.apply(workload));
    findings.addAll(SchemaFindings.of("pod", workload));
    findings.addAll(ManifestRules.of(workload, bundle));
    kind();
    if (claims()) {
      partsOfClaims();
    }
    placement();
    injection();
    workload.pod().all().forEach(this::container);
    return List.copyOf(findings);
  }

  private boolean claims() {
    return workload.document().root().at("spec", "volumeClaimTemplates").isPresent();
  }

  private void kind() {
    Node at = workload.document().root();
    switch (workload.kind()) {
      case "DaemonSet" ->
          exclude(
              "pod.daemon-set",
              at,
              "A DaemonSet serves the node that it runs on; a confidential pod has nothing to do with its node.",
              "Choose the pattern cluster or managed for it, or make it a Deployment.");
      case "StatefulSet" ->
          workload
              .document()
              .root()
              .at("spec", "volumeClaimTemplates")
              .ifPresent(
                  n ->
                      error(
                          "pod.volume-claims",
                          n,
                          "Volumes of the cluster are not attached to the guest: what is stored there is the node's to read and change.",
                          "Keep the data in a store that the program reaches over an encrypted connection, or use an emptyDir."));
      default -> {}
    }
  }

  /** Once a claim is an emptyDir, its parts cannot be mounted either. */
  private void partsOfClaims() {
    workload
        .pod()
        .all()
        .flatMap(c -> c.mounts().stream())
        .filter(m -> !m.subPath().isEmpty() && workload.pod().volume(m.volume()).isEmpty())
        .forEach(
            m ->
                error(
                    "pod.sub-path",
                    m.node(),
                    "A part of a volume (subPath) cannot be mounted in a confidential pod.",
                    "Mount the whole volume, or give the part a volume of its own."));
  }

  private void placement() {
    Node.Mapping spec = workload.pod().spec();
    for (String key : List.of("kubernetes.io/os", "beta.kubernetes.io/os")) {
      spec.at("nodeSelector", key)
          .filter(n -> n instanceof Node.Scalar s && s.value().equals("windows"))
          .ifPresent(
              n ->
                  exclude(
                      "pod.windows",
                      n,
                      "There are no confidential machines for Windows containers.",
                      "Run a Linux build of the program."));
    }
    for (String key : List.of("kubernetes.io/arch", "beta.kubernetes.io/arch")) {
      spec.at("nodeSelector", key)
          .filter(n -> !(n instanceof Node.Scalar s && s.value().equals("amd64")))
          .ifPresent(
              n ->
                  exclude(
                      "pod.architecture",
                      n,
                      "No runtime ships confidential pods for this architecture today.",
                      "Run it on amd64."));
    }
  }

  private void injection() {
    INJECTION.forEach(
        (name, value) -> {
          if (value.equals(workload.pod().annotations().get(name))
              || value.equals(workload.pod().labels().get(name))) {
            workload
                .pod()
                .metadata()
                .ifPresent(
                    m ->
                        error(
                            "pod.injected-sidecar",
                            m,
                            name
                                + " has a container added by the control plane, which is in no measurement.",
                            "Write the sidecar into the manifest, or turn the injection off for this pod."));
          }
        });
  }

  private void container(ContainerSpec container) {
    Node.Mapping node = container.node();
    node.at("resources", "limits")
        .filter(Node.Mapping.class::isInstance)
        .map(Node.Mapping.class::cast)
        .ifPresent(this::devices);
    if (node.at("resources", "limits", "memory").isEmpty()) {
      warn(
          "pod.memory-limit",
          node,
          "Without a memory limit the size of the guest is a guess.",
          "Set resources.limits.memory.");
    }
    for (EnvVar variable : container.env()) {
      if (variable.from() instanceof EnvVar.Literal l
          && !l.value().isEmpty()
          && secret(variable.name())) {
        warn(
            "pod.secret-in-env",
            variable.node(),
            variable.name()
                + " looks like a secret and stands in the manifest, from where it goes into the init-data, which everybody can read.",
            "Put it into a Secret; the conversion takes it from there to the broker.");
      }
    }
  }

  private void devices(Node.Mapping limits) {
    limits
        .members()
        .forEach(
            (name, member) -> {
              if (name.contains("/") && !name.startsWith("hugepages-")) {
                error(
                    "pod.device",
                    member.value(),
                    name + " is a device of the node, and a local run has none to pass on.",
                    "Run it on nodes whose devices give evidence of their own, or take the limit out.");
              }
            });
  }

  private static boolean secret(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return SECRET_NAME.matcher(upper).matches() && !POINTS_ELSEWHERE.matcher(upper).matches();
  }

  private void warn(String id, Node at, String message, String fix) {
    findings.add(new Finding(id, Severity.WARNING, at.place(), message, fix, true));
  }

  private void error(String id, Node at, String message, String fix) {
    findings.add(new Finding(id, Severity.ERROR, at.place(), message, fix, true));
  }

  private void exclude(String id, Node at, String message, String fix) {
    findings.add(new Finding(id, Severity.ERROR, at.place(), message, fix, false));
  }
}
