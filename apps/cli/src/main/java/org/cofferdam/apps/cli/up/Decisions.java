// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cofferdam.core.bytes.json.Json;

/** What the server decides about one launch, collected as it comes. */
final class Decisions {
  private final ServerClient server;
  private final String workload;
  private final Set<String> wanted;
  private final Set<String> released = new LinkedHashSet<>();
  private final Set<String> marks = new LinkedHashSet<>();
  private long last;
  private Json.@org.jspecify.annotations.Nullable Obj latest;
  private Json.@org.jspecify.annotations.Nullable Obj refusal;

  private Decisions(ServerClient server, String workload, Set<String> wanted, long last) {
    this.server = server;
    this.workload = workload;
    this.wanted = wanted;
    this.last = last;
  }

  /** Begins after whatever was decided before. */
  static Decisions watch(ServerClient server, String workload, List<String> secrets) {
    long last = 0;
    while (true) {
      List<Json.Obj> earlier = server.decisions(workload, last, Duration.ZERO);
      if (earlier.isEmpty()) {
        return new Decisions(server, workload, new HashSet<>(secrets), last);
      }
      last = earlier.getLast().integer("seq");
    }
  }

  /** Looks for news. */
  void poll(Duration wait) {
    for (Json.Obj decision : server.decisions(workload, last, wait)) {
      last = decision.integer("seq");
      latest = decision;
      decision.array("resources").forEach(r -> released.add(r.asString("resource")));
      decision.array("insecure").forEach(m -> marks.add(m.asString("mark")));
      if (!decision.string("decision").equals("released") && refusal == null) {
        refusal = decision;
      }
    }
  }

  /** Everything that the workload may have was released. */
  boolean complete() {
    return latest != null && refusal == null && released.containsAll(wanted);
  }

  /** The decision that ended the launch: the first refusal, else the latest. */
  Optional<Json.Obj> deciding() {
    return Optional.ofNullable(refusal != null ? refusal : latest);
  }

  boolean refused() {
    return refusal != null;
  }

  List<String> released() {
    return new ArrayList<>(released);
  }

  List<String> marks() {
    return new ArrayList<>(marks);
  }
}
