// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a Nomad job (HCL): each group becomes the pod that would do the same, with a container for
 * each task. Tasks of drivers that run no container are carried with what they are.
 */
final class NomadReader {
  static final String KIND = "NomadGroup";

  private NomadReader() {}

  static boolean recognises(Source source) {
    return source.name().endsWith(".nomad") || source.name().endsWith(".hcl");
  }

  static List<Workload> workloads(Source source) {
    List<Workload> workloads = new ArrayList<>();
    for (Node.Mapping job : blocks(HclReader.read(source), "job")) {
      for (Node.Mapping group : blocks(job, "group")) {
        workloads.add(group(source, job, group));
      }
    }
    return workloads;
  }

  private static Workload group(Source source, Node.Mapping job, Node.Mapping group) {
    Made spec = Made.object(group);
    Volumes volumes = new Volumes();
    List<Node> containers = new ArrayList<>();
    for (Node.Mapping task : blocks(group, "task")) {
      containers.add(task(task, spec, volumes));
    }
    for (Node.Mapping network : blocks(group, "network")) {
      if (network.text("mode").orElse("").equals("host")) {
        spec.put("hostNetwork", Made.plain(network, "true"));
      }
    }
    volumes.into(group, Made.object(group), spec);
    spec.put("containers", Made.list(group, containers));
    String name = label(job) + "-" + label(group);
    return Made.workload(source, 0, KIND, name, spec, group);
  }

  private static Node task(Node.Mapping task, Made spec, Volumes volumes) {
    Made container = Made.object(task).put("name", label(task));
    String driver = task.text("driver").orElse("");
    if (!List.of("docker", "podman", "containerd-driver").contains(driver)) {
      spec.put("hostPID", Made.plain(task.get("driver").orElse(task), "true"));
    }
    for (Node.Mapping config : blocks(task, "config")) {
      config.get("image").ifPresent(i -> container.put("image", i));
      config
          .get("command")
          .ifPresent(c -> container.put("command", Made.texts(c, List.of(text(c)))));
      config.get("args").ifPresent(a -> container.put("args", Made.texts(a, texts(a))));
      config
          .get("privileged")
          .ifPresent(p -> container.put("securityContext", Made.object(p).put("privileged", p)));
      config.get("volumes").ifPresent(v -> texts(v).forEach(text -> volumes.add(v, text)));
      if (config.text("network_mode").orElse("").equals("host")) {
        spec.put("hostNetwork", Made.plain(config, "true"));
      }
    }
    List<Node> env = new ArrayList<>();
    for (Node.Mapping block : blocks(task, "env")) {
      block
          .members()
          .forEach(
              (name, member) -> {
                if (!name.equals(HclReader.LABELS)) {
                  env.add(
                      Made.object(member.value())
                          .put("name", name)
                          .put("value", text(member.value()))
                          .build());
                }
              });
    }
    if (!env.isEmpty()) {
      container.put("env", Made.list(task, env));
    }
    List<Node> from = new ArrayList<>();
    for (Node.Mapping template : blocks(task, "template")) {
      from.add(
          Made.object(template)
              .put("configMapRef", Made.object(template).put("name", "template"))
              .build());
    }
    if (!from.isEmpty()) {
      container.put("envFrom", Made.list(task, from));
    }
    for (Node.Mapping resources : blocks(task, "resources")) {
      resources
          .text("memory")
          .filter(m -> m.matches("[0-9]{1,9}"))
          .ifPresent(
              m ->
                  container.put(
                      "resources",
                      Made.object(resources)
                          .put("limits", Made.object(resources).put("memory", m + "Mi"))));
    }
    return container.build();
  }

  private static List<Node.Mapping> blocks(Node.Mapping owner, String name) {
    return owner.items(name).stream()
        .filter(Node.Mapping.class::isInstance)
        .map(Node.Mapping.class::cast)
        .toList();
  }

  private static String label(Node.Mapping block) {
    return block.text(HclReader.LABELS).orElse("unnamed");
  }

  private static List<String> texts(Node node) {
    return node instanceof Node.Sequence s
        ? s.items().stream().map(NomadReader::text).toList()
        : List.of();
  }

  private static String text(Node node) {
    return node instanceof Node.Scalar s ? s.value() : "";
  }
}
