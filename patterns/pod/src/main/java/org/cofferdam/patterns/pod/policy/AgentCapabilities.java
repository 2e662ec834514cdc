// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.model.Node;

/** The five capability sets of a process, as containerd fills them. */
final class AgentCapabilities {
  private AgentCapabilities() {}

  static Json of(PolicySettings settings, Optional<Node.Mapping> security) {
    TreeSet<String> set = new TreeSet<>(settings.texts("common", "default_caps"));
    if (AgentIdentity.flag(security, "privileged").orElse(false)) {
      set = new TreeSet<>(settings.texts("common", "privileged_caps"));
    } else {
      Optional<Node.Mapping> own = security.flatMap(m -> m.mapping("capabilities"));
      List<String> add = names(own, "add");
      List<String> drop = names(own, "drop");
      if (add.contains("CAP_ALL")) {
        set.addAll(settings.texts("common", "privileged_caps"));
      }
      if (drop.contains("CAP_ALL")) {
        set.clear();
      }
      add.stream().filter(n -> !n.equals("CAP_ALL")).forEach(set::add);
      drop.forEach(set::remove);
    }
    Json all = Json.strings(set);
    Json none = Json.array(List.of());
    return Json.object()
        .put("Ambient", none)
        .put("Bounding", all)
        .put("Effective", all)
        .put("Inheritable", none)
        .put("Permitted", all)
        .build();
  }

  private static List<String> names(Optional<Node.Mapping> node, String field) {
    List<String> names = new ArrayList<>();
    for (Node item : node.map(m -> m.items(field)).orElse(List.of())) {
      if (item instanceof Node.Scalar s) {
        String name = s.value().toUpperCase(java.util.Locale.ROOT);
        names.add(name.startsWith("CAP_") ? name : "CAP_" + name);
      }
    }
    return names;
  }
}
