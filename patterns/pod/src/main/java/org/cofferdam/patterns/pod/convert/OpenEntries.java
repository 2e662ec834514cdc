// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.convert;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.workload.pattern.OpenEntry;
import org.cofferdam.workload.pattern.convert.Scope;

/** What the control plane can still do to a converted pod, by ids of its influence register. */
final class OpenEntries {
  private OpenEntries() {}

  static List<OpenEntry> of(Scope scope, boolean logs) {
    List<OpenEntry> open = new ArrayList<>();
    open.add(
        new OpenEntry(
            "lifecycle",
            "It decides whether and when the pod starts, and can stop it at any time."));
    open.add(
        new OpenEntry("replay", "It can start the same measured pod again, as often as it likes."));
    if (!scope.bundle().servicesOf(scope.workload()).isEmpty()
        || scope.workload().pod().containers().stream().anyMatch(c -> !c.ports().isEmpty())) {
      open.add(
          new OpenEntry(
              "network",
              "It carries the traffic of the open ports, and can read and change it unless the program encrypts it."));
    }
    open.add(new OpenEntry("dns", "It answers the names that the pod looks up."));
    open.add(new OpenEntry("time", "It sets the clock of the machine."));
    open.add(new OpenEntry("resources", "It can slow the pod down or starve it."));
    if (logs) {
      open.add(new OpenEntry("logs", "It can read what the containers print."));
    }
    return open;
  }
}
