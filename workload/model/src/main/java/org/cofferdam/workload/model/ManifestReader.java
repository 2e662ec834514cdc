// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.bytes.SecretBytes;

/** Reads Kubernetes documents into one {@link Bundle}. */
public final class ManifestReader {
  /** Kinds that are read beside workloads and run nothing. */
  private static final Set<String> CONTEXT =
      Set.of(
          "ClusterRole",
          "ClusterRoleBinding",
          "HorizontalPodAutoscaler",
          "Ingress",
          "LimitRange",
          "Namespace",
          "NetworkPolicy",
          "PersistentVolume",
          "PersistentVolumeClaim",
          "PodDisruptionBudget",
          "PriorityClass",
          "ResourceQuota",
          "Role",
          "RoleBinding",
          "RuntimeClass",
          "ServiceAccount",
          "StorageClass");

  /** One of these means that somebody wanted to write an object. */
  private static final Set<String> OBJECT_LIKE = Set.of("apiVersion", "kind", "metadata", "spec");

  private final List<Document> documents = new ArrayList<>();
  private final List<Workload> workloads = new ArrayList<>();
  private final List<ConfigData> configMaps = new ArrayList<>();
  private final List<ConfigData> secrets = new ArrayList<>();
  private final List<ServiceSpec> services = new ArrayList<>();
  private final List<Other> others = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private ManifestReader() {}

  /** Reads all sources; nothing in them stops the reading. */
  public static Bundle read(List<Source> sources) {
    ManifestReader reader = new ManifestReader();
    sources.forEach(reader::source);
    return new Bundle(
        reader.documents,
        reader.workloads,
        reader.configMaps,
        reader.secrets,
        reader.services,
        reader.others,
        reader.problems);
  }

  private void source(Source source) {
    try {
      if (QuadletReader.recognises(source)) {
        workloads.add(QuadletReader.read(source));
      } else if (NomadReader.recognises(source)) {
        workloads.addAll(NomadReader.workloads(source));
      } else {
        for (Document document : YamlReader.read(source, problems)) {
          documents.add(document);
          object(document);
        }
      }
    } catch (BadShapeException e) {
      problems.add(e.problem());
    }
  }

  private void object(Document document) {
    String kind = document.kind();
    if (kind.isEmpty() || document.apiVersion().isEmpty()) {
      otherForm(document);
      return;
    }
    try {
      if (document.apiVersion().startsWith("serving.knative.dev/") && kind.equals("Service")) {
        workloads.add(PodReader.workload(document));
        return;
      }
      switch (kind) {
        case "ConfigMap" -> configMaps.add(configData(document, ""));
        case "Secret" ->
            secrets.add(configData(document, document.root().text("type").orElse("Opaque")));
        case "Service" -> services.add(service(document));
        default -> {
          if (kind.endsWith("List") && document.root().get("items").isPresent()) {
            items(document);
          } else if (PodReader.TEMPLATES.containsKey(kind)) {
            workloads.add(PodReader.workload(document));
          } else {
            others.add(
                new Other(
                    document.root().place(),
                    kind,
                    document.name().orElse(""),
                    CONTEXT.contains(kind)
                        ? "context"
                        : "It is not looked into: if it makes pods, scan those too."));
          }
        }
      }
    } catch (BadShapeException e) {
      problems.add(e.problem());
    }
  }

  /** Documents of other tools, by what they hold. */
  private void otherForm(Document document) {
    Node.Mapping root = document.root();
    if (ComposeReader.recognises(document)) {
      try {
        workloads.addAll(ComposeReader.workloads(document));
      } catch (BadShapeException e) {
        problems.add(e.problem());
      }
    } else if (root.get("resources").isPresent() || root.get("kustomize").isPresent()) {
      others.add(
          new Other(
              root.place(), "Kustomization", "", "Scan the output of 'kustomize build' too."));
    } else if (OBJECT_LIKE.stream().noneMatch(root.members()::containsKey)) {
      others.add(new Other(root.place(), "", "", "It is no Kubernetes object: passed over."));
    } else {
      problems.add(
          new Problem(
              root.place().file(),
              root.place().line(),
              "This is no Kubernetes object: it has no apiVersion and kind.",
              "Add both lines."));
    }
  }

  private void items(Document list) {
    for (Node item : list.root().items("items")) {
      if (item instanceof Node.Mapping mapping) {
        object(new Document(list.source(), list.index(), mapping));
      } else {
        problem(item, "An item of the list is no object.");
      }
    }
  }

  private static ConfigData configData(Document document, String type) {
    Map<String, SecretBytes> values = new LinkedHashMap<>();
    boolean secret = !type.isEmpty();
    put(document, secret ? "stringData" : "data", false, values);
    put(document, secret ? "data" : "binaryData", true, values);
    return new ConfigData(document, document.namespace(), name(document), type, values);
  }

  /** {@code stringData} comes first and wins, as the API server has it. */
  private static void put(
      Document document, String field, boolean base64, Map<String, SecretBytes> values) {
    document
        .root()
        .mapping(field)
        .ifPresent(
            data ->
                data.members()
                    .forEach(
                        (key, member) ->
                            values.putIfAbsent(key, value(field, member.value(), base64))));
  }

  private static SecretBytes value(String field, Node node, boolean base64) {
    if (!(node instanceof Node.Scalar scalar)) {
      throw new BadShapeException(node.place(), "A value of " + field + " is no text.");
    }
    if (!base64) {
      return SecretBytes.owning(scalar.value().getBytes(StandardCharsets.UTF_8));
    }
    try {
      return SecretBytes.owning(Base64.getDecoder().decode(scalar.value().replaceAll("\\s", "")));
    } catch (IllegalArgumentException e) {
      throw new BadShapeException(node.place(), "A value of " + field + " is no base64.");
    }
  }

  private static ServiceSpec service(Document document) {
    Node.Mapping spec = document.root().mapping("spec").orElse(empty(document));
    List<ServiceSpec.Port> ports = new ArrayList<>();
    for (Node item : spec.items("ports")) {
      if (item instanceof Node.Mapping port) {
        int number = Shapes.integer(port, "port", 0, 65535);
        ports.add(
            new ServiceSpec.Port(number, port.text("targetPort").orElse(Integer.toString(number))));
      }
    }
    return new ServiceSpec(
        document,
        document.namespace(),
        name(document),
        spec.mapping("selector").map(Shapes::strings).orElse(Map.of()),
        ports);
  }

  private static Node.Mapping empty(Document document) {
    return new Node.Mapping(document.root().place(), document.root().span(), Map.of());
  }

  private static String name(Document document) {
    return document
        .name()
        .orElseThrow(
            () -> new BadShapeException(document.root().place(), "The object has no name."));
  }

  private void problem(Node node, String message) {
    problems.add(new Problem(node.place().file(), node.place().line(), message));
  }
}
