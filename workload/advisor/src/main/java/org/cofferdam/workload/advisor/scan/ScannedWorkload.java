// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.scan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Fit;

/**
 * One workload with its verdicts.
 *
 * @param workload it
 * @param fits by name of the pattern
 */
public record ScannedWorkload(Workload workload, Map<String, Fit> fits) {
  public ScannedWorkload {
    fits = Collections.unmodifiableMap(new LinkedHashMap<>(fits));
  }

  public Json toJson() {
    Json.Builder patterns = Json.object();
    fits.forEach((name, fit) -> patterns.put(name, fit.toJson()));
    return Json.object()
        .put("name", workload.name())
        .put("namespace", workload.namespace())
        .put("kind", workload.kind())
        .put("file", workload.place().file())
        .put("line", workload.place().line())
        .put("patterns", patterns.build())
        .build();
  }
}
