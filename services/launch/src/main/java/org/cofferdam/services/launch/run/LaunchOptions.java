// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import java.time.Duration;
import org.cofferdam.services.launch.guest.MachineShape;
import org.cofferdam.services.launch.machine.Acceleration;

/**
 * How to start a guest.
 *
 * @param shape memory and processors, the same as were predicted
 * @param acceleration from the machine's probe
 * @param guestPort the pod's service port that is forwarded
 * @param bootTimeout the guest is stopped when the agent has said nothing by then
 */
public record LaunchOptions(
    MachineShape shape, Acceleration acceleration, int guestPort, Duration bootTimeout) {
  /** Many times what an idle machine takes in emulation: a busy one is slow, not broken. */
  public static final Duration BOOT_TIMEOUT = Duration.ofMinutes(4);
}
