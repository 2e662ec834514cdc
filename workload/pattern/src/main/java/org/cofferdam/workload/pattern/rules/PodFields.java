// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern.rules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.model.Workload;

/**
 * The fields that the Kubernetes API gives a pod's spec (core/v1, 1.34). A field that is not among
 * them is a typing error or newer than we are; either way nobody here knows what it does.
 */
public final class PodFields {
  private final Set<List<String>> known = new LinkedHashSet<>();

  private PodFields(List<String> lines) {
    for (String line : lines) {
      known.add(List.of(line.split("/", -1)));
    }
  }

  /** The list that belongs to this version. */
  public static PodFields load() {
    return new PodFields(FieldRules.lines(PodFields.class, "pod-fields.txt"));
  }

  /** All fields of the pod that are not known, outermost first. */
  public List<Node> unknown(Workload workload) {
    List<Node> unknown = new ArrayList<>();
    walk(workload.pod().spec(), List.of(), unknown);
    return unknown;
  }

  private void walk(Node node, List<String> path, List<Node> unknown) {
    switch (node) {
      case Node.Mapping m ->
          m.members()
              .forEach(
                  (name, member) -> {
                    List<String> below = child(path, name);
                    if (known.contains(child(below, "**"))) {
                      return;
                    }
                    if (known.stream().noneMatch(k -> starts(k, below))) {
                      unknown.add(member.value());
                    } else {
                      walk(member.value(), below, unknown);
                    }
                  });
      case Node.Sequence s -> s.items().forEach(item -> walk(item, child(path, "*"), unknown));
      case Node.Scalar s -> {}
    }
  }

  private static boolean starts(List<String> known, List<String> path) {
    return known.size() >= path.size() && known.subList(0, path.size()).equals(path);
  }

  private static List<String> child(List<String> path, String name) {
    List<String> child = new ArrayList<>(path);
    child.add(name);
    return child;
  }
}
