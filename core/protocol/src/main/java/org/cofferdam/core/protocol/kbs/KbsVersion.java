// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.kbs;

import java.util.Optional;

/** The protocol versions that are spoken, and how they differ on the wire. */
public enum KbsVersion {
  /**
   * Trustee 0.12 and 0.13: {@code tee-evidence} is the evidence itself, and the hashed object has
   * no {@code additional-evidence}.
   */
  V0_2_0("0.2.0", false),
  /** Trustee 0.14 and later. */
  V0_4_0("0.4.0", true);

  private final String wire;
  private final boolean composite;

  KbsVersion(String wire, boolean composite) {
    this.wire = wire;
    this.composite = composite;
  }

  /** The version as {@link KbsRequest} carries it. */
  public String wire() {
    return wire;
  }

  /** Whether evidence of further devices can travel with the primary one. */
  public boolean composite() {
    return composite;
  }

  /** The version of exactly this text; there are no ranges. */
  public static Optional<KbsVersion> of(String wire) {
    for (KbsVersion version : values()) {
      if (version.wire.equals(wire)) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }
}
