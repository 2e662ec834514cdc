// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.scan;

import org.cofferdam.core.bytes.json.Json;

/**
 * A figure that is only known within bounds.
 *
 * @param least at least
 * @param most at most
 * @param formula how both were computed
 * @param source where the numbers in it were published or measured
 */
public record Range(long least, long most, String formula, String source) {
  Json toJson() {
    return Json.object()
        .put("least", least)
        .put("most", most)
        .put("formula", formula)
        .put("source", source)
        .build();
  }
}
