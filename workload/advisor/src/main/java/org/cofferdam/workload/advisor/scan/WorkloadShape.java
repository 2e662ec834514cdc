// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.scan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cofferdam.workload.model.ContainerSpec;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.model.Workload;

/** The answers of the questionnaire that a manifest gives by itself. */
public final class WorkloadShape {
  private WorkloadShape() {}

  /**
   * What the organisation answered, with {@code shape} and {@code gpu} replaced by what the
   * manifest says.
   */
  public static Map<String, List<String>> answers(
      Map<String, List<String>> organisation, Workload workload) {
    Map<String, List<String>> answers = new LinkedHashMap<>(organisation);
    answers.put("shape", List.copyOf(shape(workload)));
    if (gpu(workload) && answers.getOrDefault("gpu", List.of("no")).equals(List.of("no"))) {
      answers.put("gpu", List.of("yes"));
    }
    return answers;
  }

  static Set<String> shape(Workload workload) {
    Set<String> shape = new TreeSet<>();
    Node.Mapping spec = workload.pod().spec();
    if (workload.pod().containers().size() > 1) {
      shape.add("multi_container");
    }
    for (String field : List.of("hostNetwork", "hostPID", "hostIPC")) {
      if (spec.text(field).orElse("").equals("true")) {
        shape.add("host_namespaces");
      }
    }
    if (workload.kind().equals("DaemonSet")) {
      shape.add("daemonset");
    }
    if (selects(spec, "kubernetes.io/os", "windows")
        || spec.at("os", "name").map(WorkloadShape::text).orElse("").equals("windows")) {
      shape.add("windows");
    }
    if (selects(spec, "kubernetes.io/arch", "arm64")) {
      shape.add("arm64");
    }
    workload.pod().all().forEach(c -> container(c, shape));
    return shape;
  }

  private static void container(ContainerSpec container, Set<String> shape) {
    Node.Mapping node = container.node();
    if (node.at("securityContext", "privileged")
        .map(WorkloadShape::text)
        .orElse("")
        .equals("true")) {
      shape.add("privileged");
    }
    if (node.at("securityContext", "capabilities", "add")
        .filter(
            n ->
                n instanceof Node.Sequence s
                    && s.items().stream().anyMatch(i -> text(i).endsWith("SYS_MODULE")))
        .isPresent()) {
      shape.add("kernel_module");
    }
    for (Node port : node.items("ports")) {
      if (port instanceof Node.Mapping m && m.text("protocol").orElse("").equals("UDP")) {
        shape.add("udp_ingress");
      }
    }
  }

  private static boolean gpu(Workload workload) {
    return workload
        .pod()
        .all()
        .flatMap(c -> c.node().at("resources", "limits").stream())
        .anyMatch(
            n ->
                n instanceof Node.Mapping m
                    && m.members().keySet().stream()
                        .anyMatch(k -> k.endsWith("/gpu") || k.startsWith("gpu.intel.com/")));
  }

  private static boolean selects(Node.Mapping spec, String label, String value) {
    return spec.at("nodeSelector", label).map(WorkloadShape::text).orElse("").equals(value);
  }

  private static String text(Node node) {
    return node instanceof Node.Scalar s ? s.value() : "";
  }
}
