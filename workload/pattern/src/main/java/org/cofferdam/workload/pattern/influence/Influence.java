// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern.influence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.bytes.json.Json;

/**
 * One power over a workload.
 *
 * @param id stable; the matrix of a guest policy and the open entries of a conversion use the same
 * @param who has it: control plane, operator or provider
 * @param states what stands in its way, by {@code today} and the names of the patterns
 * @param applies fields that must be there for it to matter, empty for always
 * @param power what can be done, as the rest of a sentence that begins with "can"
 */
public record Influence(
    String id, String who, Map<String, Reach> states, List<List<String>> applies, String power) {
  /** An ordinary cluster. */
  public static final String TODAY = "today";

  public Influence {
    states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    applies = List.copyOf(applies);
  }

  /**
   * @throws IllegalArgumentException for a name that is neither {@code today} nor a pattern
   */
  public Reach under(String pattern) {
    Reach reach = states.get(pattern);
    if (reach == null) {
      throw new IllegalArgumentException("no pattern: " + pattern);
    }
    return reach;
  }

  public Json toJson() {
    Json.Builder json = Json.object().put("id", id).put("who", who).put("power", power);
    states.forEach((name, reach) -> json.put(name, reach.word()));
    return json.build();
  }
}
