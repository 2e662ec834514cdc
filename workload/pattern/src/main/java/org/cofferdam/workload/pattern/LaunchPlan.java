// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern;

import java.util.List;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.images.OciDigest;

/**
 * How a converted workload would be started.
 *
 * @param pattern its name
 * @param workload {@code namespace/name}
 * @param memoryMiB of the unit that is started, all of it
 * @param cpus virtual CPUs of it
 * @param ports TCP ports of the containers that outsiders may reach, the Service's first
 * @param images manifest digests that must lie in the launch folder
 * @param podFolder path of the folder inside the launch folder that the unit reads
 */
public record LaunchPlan(
    String pattern,
    String workload,
    int memoryMiB,
    int cpus,
    List<Integer> ports,
    List<OciDigest> images,
    String podFolder) {
  public LaunchPlan {
    ports = List.copyOf(ports);
    images = List.copyOf(images);
  }

  public Json toJson() {
    return Json.object()
        .put("pattern", pattern)
        .put("workload", workload)
        .put("memoryMiB", memoryMiB)
        .put("cpus", cpus)
        .put("ports", Json.array(ports.stream().map(Json::of).toList()))
        .put("images", Json.strings(images.stream().map(OciDigest::toString).toList()))
        .put("podFolder", podFolder)
        .build();
  }
}
