// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import java.util.List;
import java.util.Map;

/**
 * A Service.
 *
 * @param document the whole object
 * @param namespace as written, or {@code default}
 * @param name as written
 * @param selector labels of its pods; an empty one selects none
 * @param ports in order
 */
public record ServiceSpec(
    Document document,
    String namespace,
    String name,
    Map<String, String> selector,
    List<Port> ports) {
  public ServiceSpec {
    selector = Map.copyOf(selector);
    ports = List.copyOf(ports);
  }

  /**
   * @param port of the Service
   * @param target number of the container's port, or the name that one of them has
   */
  public record Port(int port, String target) {}

  boolean selects(Workload workload) {
    return namespace.equals(workload.namespace())
        && !selector.isEmpty()
        && workload.pod().labels().entrySet().containsAll(selector.entrySet());
  }
}
