// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A run as another command sees it.
 *
 * @param folder of the run
 * @param running whether its guest lives
 * @param kind which program runs it; empty where none does
 * @param pid of that program, or null where none runs
 * @param port on loopback at which the pod's service answers
 * @param cpuMillis processor time it has used; 0 where it no longer runs
 */
public record RunState(
    Path folder, boolean running, String kind, @Nullable Long pid, int port, long cpuMillis) {}
