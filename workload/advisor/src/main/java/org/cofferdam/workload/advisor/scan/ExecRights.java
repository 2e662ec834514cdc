// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.Document;
import org.cofferdam.workload.model.Node;

/**
 * Who may run commands in pods, read from the roles and bindings that were scanned. Aggregated
 * roles and the built-in ones {@code cluster-admin}, {@code admin} and {@code edit} are known by
 * name.
 */
public final class ExecRights {
  private static final Set<String> BUILT_IN = Set.of("cluster-admin", "admin", "edit");
  private static final Set<String> RESOURCES =
      Set.of("pods/exec", "pods/attach", "pods/ephemeralcontainers", "pods/*", "*", "*/*");
  private static final Set<String> VERBS = Set.of("create", "get", "patch", "update", "*");

  private ExecRights() {}

  /**
   * @param subject for example {@code User anna}
   * @param role that gives the right
   * @param namespace where it holds, {@code *} for everywhere
   * @param file of the binding
   * @param line of the binding
   */
  public record Grant(String subject, String role, String namespace, String file, int line) {
    Json toJson() {
      return Json.object()
          .put("subject", subject)
          .put("role", role)
          .put("namespace", namespace)
          .put("file", file)
          .put("line", line)
          .build();
    }
  }

  /** All grants, in the order of the text. */
  public static List<Grant> of(Bundle bundle) {
    Set<String> roles = new TreeSet<>();
    for (Document document : bundle.documents()) {
      if ((document.kind().equals("Role") || document.kind().equals("ClusterRole"))
          && document.root().items("rules").stream().anyMatch(ExecRights::allows)) {
        roles.add(document.kind() + "/" + document.name().orElse(""));
      }
    }
    List<Grant> grants = new ArrayList<>();
    for (Document document : bundle.documents()) {
      boolean cluster = document.kind().equals("ClusterRoleBinding");
      if (cluster || document.kind().equals("RoleBinding")) {
        Node.Mapping ref = document.root().mapping("roleRef").orElse(null);
        String kind = ref == null ? "" : ref.text("kind").orElse("");
        String role = ref == null ? "" : ref.text("name").orElse("");
        if (roles.contains(kind + "/" + role)
            || (kind.equals("ClusterRole") && BUILT_IN.contains(role))) {
          String namespace = cluster ? "*" : document.namespace();
          for (Node subject : document.root().items("subjects")) {
            if (subject instanceof Node.Mapping m) {
              grants.add(
                  new Grant(
                      m.text("kind").orElse("") + " " + m.text("name").orElse(""),
                      role,
                      namespace,
                      document.root().place().file(),
                      document.root().place().line()));
            }
          }
        }
      }
    }
    return grants;
  }

  private static boolean allows(Node rule) {
    return rule instanceof Node.Mapping m
        && m.items("resources").stream().anyMatch(n -> RESOURCES.contains(text(n)))
        && m.items("verbs").stream().anyMatch(n -> VERBS.contains(text(n)));
  }

  private static String text(Node node) {
    return node instanceof Node.Scalar s ? s.value() : "";
  }
}
