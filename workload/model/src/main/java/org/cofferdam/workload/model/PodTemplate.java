// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The pod inside a workload. Only what patterns compute with has a type of its own here; the rest
 * is in {@link #spec}.
 *
 * @param owner holds metadata and spec: the object itself for a Pod
 * @param metadata the template's metadata, where it has any
 * @param spec the pod's spec, complete
 * @param labels of the pod
 * @param annotations of the pod
 * @param initContainers in order
 * @param containers in order
 * @param volumes in order
 */
public record PodTemplate(
    Node.Mapping owner,
    Optional<Node.Mapping> metadata,
    Node.Mapping spec,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<ContainerSpec> initContainers,
    List<ContainerSpec> containers,
    List<VolumeSpec> volumes) {
  public PodTemplate {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    initContainers = List.copyOf(initContainers);
    containers = List.copyOf(containers);
    volumes = List.copyOf(volumes);
  }

  /** Init containers first, in the order in which they start. */
  public Stream<ContainerSpec> all() {
    return Stream.concat(initContainers.stream(), containers.stream());
  }

  public Optional<VolumeSpec> volume(String name) {
    return volumes.stream().filter(v -> v.name().equals(name)).findFirst();
  }
}
