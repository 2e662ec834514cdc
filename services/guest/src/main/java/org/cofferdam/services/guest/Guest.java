// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest;

import java.nio.file.Path;
import org.cofferdam.services.guest.container.LogSink;
import org.cofferdam.services.guest.container.Programs;
import org.cofferdam.services.guest.tpm.TpmTransport;

/**
 * What a guest gives its agent.
 *
 * @param tpm the virtual machine's
 * @param firmwareLog bytes of the TCG event log so far
 * @param podDisk block device that the host filled
 * @param podDiskBytes its size
 * @param memory an empty folder on a file system in memory
 * @param cgroup parent of the containers' cgroups
 * @param hostname file that sets the kernel's host name
 * @param logs used only where the policy lets logs out
 * @param programs for mounts and containers
 */
public record Guest(
    TpmTransport tpm,
    byte[] firmwareLog,
    Path podDisk,
    long podDiskBytes,
    Path memory,
    String cgroup,
    Path hostname,
    LogSink logs,
    Programs programs) {}
