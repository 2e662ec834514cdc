// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.rego.Explanation;

/** Says which rules a refused request did not meet. */
final class Reasons {
  private static final int MOST = 12;
  private static final int LONGEST = 200;

  /** Rules about a container that is to be created, and what each is about. */
  private static final Map<String, String> CHECKS =
      new java.util.TreeMap<>(
          Map.ofEntries(
              Map.entry("check_nothing_else", "it sets a field that no container of a pod has"),
              Map.entry("check_ids(c)", "its ids do not agree, or are of another sandbox"),
              Map.entry("check_sandbox(c)", "it is for a pod of another name or form"),
              Map.entry("check_namespace", "it is for another namespace"),
              Map.entry("check_network", "it is in another network namespace than its pod"),
              Map.entry("check_version", "its runtime specification has another version"),
              Map.entry(
                  "check_root(c)", "its root file system is elsewhere or not read-only as stated"),
              Map.entry("check_annotations(c)", "it has an annotation that the pod does not have"),
              Map.entry("check_image(c)", "its image is not the pod's"),
              Map.entry("check_args(c)", "its command is not the pod's"),
              Map.entry("check_env(c)", "its environment is not the pod's"),
              Map.entry("check_cwd(c)", "its working directory is not the pod's"),
              Map.entry("check_user(c)", "its user or groups are not the pod's"),
              Map.entry("check_capabilities(c)", "its capabilities are not the pod's"),
              Map.entry("check_privileges(c)", "its terminal or its privileges are not as stated"),
              Map.entry("check_mounts(c)", "it has a mount that the pod does not have"),
              Map.entry("check_storages(c)", "its storages are not those of the pod's volumes"),
              Map.entry("check_devices(c)", "its devices are not the pod's"),
              Map.entry("check_linux(c)", "its namespaces, masked paths or device nodes differ"),
              Map.entry("check_sysctls(c)", "its kernel parameters are not the pod's"),
              Map.entry("check_once(c)", "a container of this name is there already"),
              Map.entry("check_order(c)", "containers that come before it were not started")));

  private Reasons() {}

  static List<String> of(GuestAgent agent, String kind, Json request) {
    if (kind.equals("CreateContainerRequest") && agent.hasRule("check_nothing_else")) {
      return create(agent, request);
    }
    List<String> reasons = new ArrayList<>();
    reasons.add("The policy does not allow this " + kind + ".");
    details(agent, "data.agent_policy." + kind, request).forEach(reasons::add);
    return reasons;
  }

  private static List<String> create(GuestAgent agent, Json request) {
    Optional<Json> index = agent.ask("data.agent_policy.candidate", request);
    if (index.isEmpty()) {
      return List.of(
          "The pod has no container of this name and type (io.kubernetes.cri.container-name, container-type).");
    }
    String container = "data.agent_policy.policy_data.containers[" + index.get().write() + "]";
    List<String> reasons = new ArrayList<>();
    CHECKS.forEach(
        (check, about) -> {
          String call = "data.agent_policy." + check.replace("(c)", "(" + container + ")");
          if (agent.ask(call, request).isEmpty()) {
            reasons.add(check.replace("(c)", "") + ": " + about + ".");
            reasons.addAll(details(agent, call, request));
          }
        });
    return reasons.isEmpty() ? List.of("The policy does not allow this request.") : reasons;
  }

  /**
   * The literals that failed, shortest texts first come; values may hold secrets and are left out.
   */
  private static List<String> details(GuestAgent agent, String call, Json request) {
    return agent.explain(call, request).map(Explanation::failures).orElse(List.of()).stream()
        .map(f -> f.text().replaceAll("\\s+", " "))
        .distinct()
        .limit(MOST)
        .map(t -> "  not met: " + (t.length() > LONGEST ? t.substring(0, LONGEST) + "…" : t))
        .toList();
  }
}
