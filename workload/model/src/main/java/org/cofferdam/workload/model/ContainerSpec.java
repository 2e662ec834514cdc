// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import java.util.List;

/**
 * A container of a pod.
 *
 * @param node complete, with what has no type here
 * @param name unique in its pod
 * @param image the reference as written
 * @param command replaces the image's entrypoint unless empty
 * @param args replaces the image's command unless empty
 * @param env in order
 * @param envFrom in order
 * @param mounts in order
 * @param ports container ports, TCP
 */
public record ContainerSpec(
    Node.Mapping node,
    String name,
    String image,
    List<String> command,
    List<String> args,
    List<EnvVar> env,
    List<EnvFrom> envFrom,
    List<MountSpec> mounts,
    List<Integer> ports) {
  public ContainerSpec {
    command = List.copyOf(command);
    args = List.copyOf(args);
    env = List.copyOf(env);
    envFrom = List.copyOf(envFrom);
    mounts = List.copyOf(mounts);
    ports = List.copyOf(ports);
  }
}
