// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.machine;

/**
 * How QEMU runs the guest's processor.
 *
 * @param kind hardware or emulation
 * @param reason why, in one sentence, from a probe that really ran
 */
public record Acceleration(Kind kind, String reason) {
  /** The two ways, with QEMU's names for them. */
  public enum Kind {
    KVM,
    TCG
  }
}
