// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.dcap;

import java.util.Locale;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/** Statuses of TCB levels as Intel spells them; there is no default for an unknown one. */
public enum TcbStatus {
  UP_TO_DATE("UpToDate"),
  SW_HARDENING_NEEDED("SWHardeningNeeded"),
  CONFIGURATION_NEEDED("ConfigurationNeeded"),
  CONFIGURATION_AND_SW_HARDENING_NEEDED("ConfigurationAndSWHardeningNeeded"),
  OUT_OF_DATE("OutOfDate"),
  OUT_OF_DATE_CONFIGURATION_NEEDED("OutOfDateConfigurationNeeded"),
  REVOKED("Revoked"),
  /** Never in a file: a trust domain that should be started again under the present module. */
  TD_RELAUNCH_ADVISED("TDRelaunchAdvised"),
  /** Never in a file: the same, and the configuration must change. */
  TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED("TDRelaunchAdvisedConfigurationNeeded");

  private final String wire;

  TcbStatus(String wire) {
    this.wire = wire;
  }

  /** Intel's spelling. */
  public String wire() {
    return wire;
  }

  static TcbStatus of(String text) {
    for (TcbStatus status : values()) {
      if (status.wire.equals(text) && status.compareTo(REVOKED) <= 0) {
        return status;
      }
    }
    throw new MalformedEvidenceException(
        "Intel collateral",
        "tcbStatus",
        -1,
        "is unknown: " + text.substring(0, Math.min(40, text.length())).toLowerCase(Locale.ROOT));
  }

  public boolean isOutOfDate() {
    return this == OUT_OF_DATE || this == OUT_OF_DATE_CONFIGURATION_NEEDED;
  }

  public boolean needsConfiguration() {
    return this == CONFIGURATION_NEEDED
        || this == CONFIGURATION_AND_SW_HARDENING_NEEDED
        || this == OUT_OF_DATE_CONFIGURATION_NEEDED;
  }
}
