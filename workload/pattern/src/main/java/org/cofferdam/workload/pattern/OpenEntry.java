// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern;

import org.cofferdam.core.bytes.json.Json;

/**
 * A way in which the control plane can still see or change the workload after the conversion.
 *
 * @param id of the entry in the register of control-plane influence, for example {@code
 *     cp.withhold-start}
 * @param why one sentence
 */
public record OpenEntry(String id, String why) {
  public Json toJson() {
    return Json.object().put("id", id).put("why", why).build();
  }
}
