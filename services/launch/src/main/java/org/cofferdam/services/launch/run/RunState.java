// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A run as another command sees it.
 *
 * @param folder of the run
 * @param running whether its QEMU lives
 * @param pid of QEMU, or null where it was never started
 * @param port on loopback at which the pod's service answers
 * @param cpuMillis processor time QEMU has used; 0 where it no longer runs
 */
public record RunState(
    Path folder, boolean running, @Nullable Long pid, int port, long cpuMillis) {}
