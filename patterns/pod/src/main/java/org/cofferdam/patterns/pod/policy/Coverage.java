// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.model.Workload;

/** Which fields of a manifest a policy holds fast, and which it leaves to the control plane. */
public final class Coverage {
  private static final String HELD = "held";
  private static final String NODE = "node";
  private static final String PLACE = "place";

  /** By the beginning of a field's path, the longest that fits; list indexes are left out. */
  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          Map.entry("containers", HELD),
          Map.entry("initContainers", HELD),
          Map.entry("containers/resources", NODE),
          Map.entry("initContainers/resources", NODE),
          Map.entry("containers/ports", NODE),
          Map.entry("initContainers/ports", NODE),
          Map.entry("containers/imagePullPolicy", NODE),
          Map.entry("initContainers/imagePullPolicy", NODE),
          Map.entry("containers/livenessProbe", NODE),
          Map.entry("containers/readinessProbe", NODE),
          Map.entry("containers/startupProbe", NODE),
          Map.entry("containers/livenessProbe/exec", HELD),
          Map.entry("containers/readinessProbe/exec", HELD),
          Map.entry("containers/startupProbe/exec", HELD),
          Map.entry("containers/lifecycle", NODE),
          Map.entry("containers/lifecycle/postStart/exec", HELD),
          Map.entry("containers/lifecycle/preStop/exec", HELD),
          Map.entry("containers/restartPolicy", NODE),
          Map.entry("containers/stdin", NODE),
          Map.entry("containers/stdinOnce", NODE),
          Map.entry("containers/securityContext/seccompProfile", NODE),
          Map.entry("containers/securityContext/appArmorProfile", NODE),
          Map.entry("containers/securityContext/seLinuxOptions", NODE),
          Map.entry("containers/securityContext/runAsNonRoot", NODE),
          Map.entry("volumes", PLACE),
          Map.entry("volumes/name", HELD),
          Map.entry("volumes/emptyDir", HELD),
          Map.entry("volumes/emptyDir/sizeLimit", NODE),
          Map.entry("shareProcessNamespace", HELD),
          Map.entry("securityContext", HELD),
          Map.entry("securityContext/runAsNonRoot", NODE),
          Map.entry("securityContext/seccompProfile", NODE),
          Map.entry("securityContext/fsGroupChangePolicy", NODE),
          Map.entry("hostPID", HELD),
          Map.entry("hostIPC", HELD));

  private Coverage() {}

  /**
   * @param pointer of the field in the manifest
   * @param line in its file
   * @param state {@code held} by the policy, held by {@code place} and not by content, or left to
   *     the {@code node}
   */
  public record Field(String pointer, int line, String state) {
    public Json toJson() {
      return Json.object().put("pointer", pointer).put("line", line).put("state", state).build();
    }
  }

  /** Every value of the pod's spec, in the order of the text. */
  public static List<Field> of(Workload workload) {
    List<Field> fields = new ArrayList<>();
    walk("", workload.pod().spec(), fields);
    return fields;
  }

  private static void walk(String path, Node node, List<Field> fields) {
    switch (node) {
      case Node.Mapping m ->
          m.members()
              .forEach(
                  (name, member) ->
                      walk(path.isEmpty() ? name : path + "/" + name, member.value(), fields));
      case Node.Sequence s -> s.items().forEach(i -> walk(path, i, fields));
      case Node.Scalar s ->
          fields.add(new Field(s.place().pointer(), s.place().line(), state(path)));
    }
  }

  private static String state(String path) {
    String at = path;
    while (true) {
      String state = FIELDS.get(at);
      if (state != null) {
        return state;
      }
      int slash = at.lastIndexOf('/');
      if (slash < 0) {
        return NODE;
      }
      at = at.substring(0, slash);
    }
  }
}
