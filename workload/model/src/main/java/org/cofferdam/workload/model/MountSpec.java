// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

/**
 * A volume inside a container.
 *
 * @param node complete
 * @param volume its name in the pod
 * @param path absolute, inside the container
 * @param readOnly as written
 * @param subPath the part of the volume that is mounted, empty for all of it
 */
public record MountSpec(
    Node.Mapping node, String volume, String path, boolean readOnly, String subPath) {}
