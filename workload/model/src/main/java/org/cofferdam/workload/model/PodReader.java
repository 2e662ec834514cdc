// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the pod template out of the kinds that have one. */
final class PodReader {
  /**
   * Path from the object to the mapping that holds {@code metadata} and {@code spec} of the pod.
   */
  static final Map<String, List<String>> TEMPLATES =
      Map.ofEntries(
          Map.entry("Pod", List.of()),
          Map.entry("PodTemplate", List.of("template")),
          Map.entry("Deployment", List.of("spec", "template")),
          Map.entry("StatefulSet", List.of("spec", "template")),
          Map.entry("DaemonSet", List.of("spec", "template")),
          Map.entry("ReplicaSet", List.of("spec", "template")),
          Map.entry("ReplicationController", List.of("spec", "template")),
          Map.entry("Job", List.of("spec", "template")),
          Map.entry("CronJob", List.of("spec", "jobTemplate", "spec", "template")),
          Map.entry("Rollout", List.of("spec", "template")),
          // Knative's; the core Service runs nothing and does not come here.
          Map.entry("Service", List.of("spec", "template")));

  private PodReader() {}

  static Workload workload(Document document) {
    String kind = document.kind();
    Node.Mapping owner = document.root();
    for (String step : TEMPLATES.getOrDefault(kind, List.of())) {
      Node.Mapping at = owner;
      owner =
          owner
              .mapping(step)
              .orElseThrow(() -> new BadShapeException(at.place(), "'" + step + "' is missing."));
    }
    return new Workload(document, kind, document.namespace(), name(document), pod(owner));
  }

  private static String name(Document document) {
    return document
        .name()
        .or(
            () ->
                document
                    .root()
                    .mapping("metadata")
                    .flatMap(m -> m.text("generateName"))
                    .map(n -> n.endsWith("-") ? n.substring(0, n.length() - 1) : n))
        .orElseThrow(
            () -> new BadShapeException(document.root().place(), "The object has no name."));
  }

  private static PodTemplate pod(Node.Mapping owner) {
    Node.Mapping spec =
        owner
            .mapping("spec")
            .orElseThrow(() -> new BadShapeException(owner.place(), "'spec' is missing."));
    Optional<Node.Mapping> metadata = owner.mapping("metadata");
    List<ContainerSpec> containers = containers(spec, "containers");
    if (containers.isEmpty()) {
      throw new BadShapeException(spec.place(), "The pod has no containers.");
    }
    return new PodTemplate(
        owner,
        metadata,
        spec,
        strings(metadata, "labels"),
        strings(metadata, "annotations"),
        containers(spec, "initContainers"),
        containers,
        Shapes.mappings(spec, "volumes").stream().map(PodReader::volume).toList());
  }

  private static Map<String, String> strings(Optional<Node.Mapping> owner, String name) {
    return owner.flatMap(m -> m.mapping(name)).map(Shapes::strings).orElse(Map.of());
  }

  private static List<ContainerSpec> containers(Node.Mapping spec, String field) {
    return Shapes.mappings(spec, field).stream().map(PodReader::container).toList();
  }

  private static ContainerSpec container(Node.Mapping node) {
    List<Integer> ports = new ArrayList<>();
    for (Node.Mapping port : Shapes.mappings(node, "ports")) {
      if (port.text("protocol").orElse("TCP").equals("TCP")) {
        ports.add(Shapes.integer(port, "containerPort", 1, 65535));
      }
    }
    return new ContainerSpec(
        node,
        Shapes.requiredText(node, "name"),
        Shapes.text(node, "image").orElse(""),
        Shapes.texts(node, "command"),
        Shapes.texts(node, "args"),
        Shapes.mappings(node, "env").stream().map(PodReader::env).toList(),
        Shapes.mappings(node, "envFrom").stream().map(PodReader::envFrom).toList(),
        Shapes.mappings(node, "volumeMounts").stream().map(PodReader::mount).toList(),
        ports);
  }

  private static EnvVar env(Node.Mapping node) {
    String name = Shapes.requiredText(node, "name");
    Optional<Node.Mapping> from = node.mapping("valueFrom");
    if (from.isEmpty()) {
      return new EnvVar(node, name, new EnvVar.Literal(Shapes.text(node, "value").orElse("")));
    }
    return new EnvVar(node, name, origin(from.get()));
  }

  private static EnvVar.Origin origin(Node.Mapping from) {
    Optional<Node.Mapping> secret = from.mapping("secretKeyRef");
    if (secret.isPresent()) {
      return new EnvVar.SecretKey(
          Shapes.requiredText(secret.get(), "name"),
          Shapes.requiredText(secret.get(), "key"),
          Shapes.bool(secret.get(), "optional", false));
    }
    Optional<Node.Mapping> map = from.mapping("configMapKeyRef");
    if (map.isPresent()) {
      return new EnvVar.ConfigMapKey(
          Shapes.requiredText(map.get(), "name"),
          Shapes.requiredText(map.get(), "key"),
          Shapes.bool(map.get(), "optional", false));
    }
    Optional<Node.Mapping> field = from.mapping("fieldRef");
    if (field.isPresent()) {
      return new EnvVar.FieldRef(Shapes.requiredText(field.get(), "fieldPath"));
    }
    return new EnvVar.Other(from.members().keySet().stream().findFirst().orElse("nothing"));
  }

  private static EnvFrom envFrom(Node.Mapping node) {
    Optional<Node.Mapping> secret = node.mapping("secretRef");
    Node.Mapping ref =
        secret
            .or(() -> node.mapping("configMapRef"))
            .orElseThrow(
                () ->
                    new BadShapeException(
                        node.place(), "envFrom names neither a configMapRef nor a secretRef."));
    return new EnvFrom(
        node,
        Shapes.text(node, "prefix").orElse(""),
        secret.isPresent() ? EnvFrom.Kind.SECRET : EnvFrom.Kind.CONFIG_MAP,
        Shapes.requiredText(ref, "name"),
        Shapes.bool(ref, "optional", false));
  }

  private static MountSpec mount(Node.Mapping node) {
    return new MountSpec(
        node,
        Shapes.requiredText(node, "name"),
        Shapes.requiredText(node, "mountPath"),
        Shapes.bool(node, "readOnly", false),
        Shapes.text(node, "subPath").or(() -> Shapes.text(node, "subPathExpr")).orElse(""));
  }

  private static VolumeSpec volume(Node.Mapping node) {
    Optional<String> kind =
        node.members().keySet().stream().filter(k -> !Set.of("name").contains(k)).findFirst();
    Node.Mapping source =
        kind.flatMap(node::mapping).orElse(new Node.Mapping(node.place(), node.span(), Map.of()));
    List<VolumeSpec.Item> items = new ArrayList<>();
    for (Node.Mapping item : Shapes.mappings(source, "items")) {
      int mode = item.get("mode").isPresent() ? Shapes.integer(item, "mode", 0, 0777) : -1;
      items.add(
          new VolumeSpec.Item(
              item.text("key").orElse(""), Shapes.requiredText(item, "path"), mode));
    }
    return new VolumeSpec(
        node, Shapes.requiredText(node, "name"), kind.orElse("emptyDir"), source, items);
  }
}
