// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.reference;

import java.util.List;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/** How a claim must stand to a reference value. A claim that is absent matches nothing. */
public sealed interface Match {

  /** Equal as JSON: numbers by value, objects without regard to the order of members. */
  record Exact(Json value) implements Match {}

  /** Equal to one of these; an empty list matches nothing. */
  record AnyOf(List<Json> values) implements Match {
    public AnyOf {
      values = List.copyOf(values);
    }
  }

  /** An integer of at least this. */
  record Floor(long least) implements Match {}

  /** An integer between both, both included. */
  record Range(long least, long most) implements Match {}

  default Json toJson() {
    return switch (this) {
      case Exact m -> Json.object().put("exact", m.value()).build();
      case AnyOf m -> Json.object().put("anyOf", Json.array(m.values())).build();
      case Floor m -> Json.object().put("floor", m.least()).build();
      case Range m -> Json.object().put("least", m.least()).put("most", m.most()).build();
    };
  }

  /**
   * @throws MalformedEvidenceException on any other form than {@link #toJson} writes
   */
  static Match fromJson(Json json) {
    Json.Obj o = json.asObject("match");
    if (o.members().containsKey("exact")) {
      o.only("exact");
      return new Exact(o.require("exact"));
    }
    if (o.members().containsKey("anyOf")) {
      o.only("anyOf");
      return new AnyOf(o.array("anyOf"));
    }
    if (o.members().containsKey("floor")) {
      o.only("floor");
      return new Floor(o.integer("floor"));
    }
    o.only("least", "most");
    return new Range(o.integer("least"), o.integer("most"));
  }
}
