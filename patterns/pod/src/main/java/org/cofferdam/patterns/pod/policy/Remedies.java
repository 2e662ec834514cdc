// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.json.Json;

/** What a policy would have allowed in place of a request that it refused. */
public final class Remedies {
  private static final String DATA = "policy_data := {";

  /** Which facts of a container a check compares with. */
  private static final Map<String, List<String>> FACTS =
      Map.ofEntries(
          Map.entry("check_image", List.of("images")),
          Map.entry("check_args", List.of("args")),
          Map.entry("check_env", List.of("env")),
          Map.entry("check_cwd", List.of("cwd")),
          Map.entry("check_user", List.of("uid", "gid", "groups")),
          Map.entry("check_capabilities", List.of("capabilities")),
          Map.entry("check_privileges", List.of("no_new_privileges", "terminal")),
          Map.entry("check_mounts", List.of("mounts")),
          Map.entry("check_storages", List.of("storages")),
          Map.entry("check_devices", List.of("devices", "gpus")),
          Map.entry("check_linux", List.of("masked_paths", "readonly_paths")),
          Map.entry("check_sysctls", List.of("sysctls")),
          Map.entry("check_root", List.of("readonly")),
          Map.entry("check_order", List.of("after")),
          Map.entry("check_annotations", List.of("annotations")));

  private Remedies() {}

  /** The facts of a policy that this generator made; empty for any other. */
  public static Optional<Json.Obj> facts(String policy) {
    int at = policy.indexOf(DATA);
    if (at < 0) {
      return Optional.empty();
    }
    String json = policy.substring(at + DATA.length() - 1);
    return Optional.of(
        Json.parse(json.strip().getBytes(StandardCharsets.UTF_8)).asObject("policy_data"));
  }

  /** One line for each fact that was missed. */
  public static List<String> of(String policy, String kind, Json request, List<String> reasons) {
    Optional<Json.Obj> facts = facts(policy).filter(f -> f.get("sandbox_name").isPresent());
    if (facts.isEmpty()) {
      return List.of();
    }
    return switch (kind) {
      case "CreateContainerRequest" -> container(facts.get(), request, reasons);
      case "ExecProcessRequest" ->
          facts.get().array("containers").stream()
              .map(c -> c.asObject("container"))
              .map(c -> "in " + c.string("name") + ": " + c.require("exec").write())
              .toList();
      case "CopyFileRequest" -> List.of("copy " + facts.get().require("copy").write());
      case "CreateSandboxRequest" ->
          List.of("storages " + facts.get().require("sandbox_storages").write());
      default ->
          List.of("these requests beyond the fixed ones: " + facts.get().require("allow").write());
    };
  }

  private static List<String> container(Json.Obj facts, Json request, List<String> reasons) {
    String name = name(request);
    List<String> wanted = new ArrayList<>();
    for (Json item : facts.array("containers")) {
      Json.Obj container = item.asObject("container");
      if (!container.string("name").equals(name)) {
        continue;
      }
      for (String reason : reasons) {
        int colon = reason.indexOf(':');
        for (String fact :
            FACTS.getOrDefault(colon < 0 ? "" : reason.substring(0, colon), List.of())) {
          wanted.add(fact + " " + container.require(fact).write());
        }
      }
    }
    if (wanted.isEmpty()) {
      wanted.add(
          "the containers "
              + facts.array("containers").stream()
                  .map(c -> c.asObject("container").string("name"))
                  .toList());
    }
    return wanted;
  }

  private static String name(Json request) {
    Optional<Json> annotations =
        Optional.of(request)
            .flatMap(r -> r instanceof Json.Obj o ? o.get("OCI") : Optional.empty())
            .flatMap(r -> r instanceof Json.Obj o ? o.get("Annotations") : Optional.empty());
    return annotations
        .flatMap(
            r ->
                r instanceof Json.Obj o
                    ? o.get("io.kubernetes.cri.container-name")
                    : Optional.empty())
        .map(n -> n instanceof Json.Str s ? s.value() : "")
        .orElse(AgentContainer.SANDBOX);
  }
}
