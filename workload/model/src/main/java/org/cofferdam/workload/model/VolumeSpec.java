// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import java.util.List;

/**
 * A volume of a pod.
 *
 * @param node complete
 * @param name unique in its pod
 * @param kind the member that says what it is, for example {@code emptyDir}; {@code emptyDir} too
 *     where there is none, as Kubernetes does
 * @param source what stands below {@code kind}
 * @param items the keys that are projected, all where empty (ConfigMap and Secret only)
 */
public record VolumeSpec(
    Node.Mapping node, String name, String kind, Node.Mapping source, List<Item> items) {
  public VolumeSpec {
    items = List.copyOf(items);
  }

  /**
   * @param key in the ConfigMap or Secret
   * @param path below the mount point
   * @param mode permission bits, or -1 for the volume's default
   */
  public record Item(String key, String path, int mode) {}
}
