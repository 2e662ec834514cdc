// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.trial;

import java.util.List;
import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Something that a control plane could do to a pod.
 *
 * @param id stable
 * @param what one sentence
 * @param before requests that an honest one would send first
 * @param attack the requests that are it; it is open where all of them are allowed
 * @param elsewhere what blocks it, or leaves it open, outside the policy; null where the policy
 *     decides
 */
record Power(
    String id, String what, List<Json> before, List<Json> attack, @Nullable Elsewhere elsewhere) {
  Power {
    before = List.copyOf(before);
    attack = List.copyOf(attack);
  }

  /**
   * @param state {@code hardware}, {@code admission} or {@code open}
   * @param why one sentence
   */
  record Elsewhere(String state, String why) {}
}
