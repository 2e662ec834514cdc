// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.dcap;

import java.util.Arrays;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.attestation.Rules;
import org.cofferdam.core.bytes.Bytes;

/** What the relying party expects in the 64 bytes of report data. */
final class QuoteBinding {
  private static final int SIZE = 64;

  private QuoteBinding() {}

  /** A challenge shorter than the field stands at its start, with zeros behind it. */
  static void check(Bytes reportData, Expectations expectations, Findings findings) {
    Bytes nonce = expectations.nonce();
    Bytes whole = expectations.reportData();
    if (nonce == null && whole == null) {
      findings.check(Rules.NONCE_GIVEN, false, "a challenge or report data", "none given");
    }
    if (nonce != null) {
      findings.check(
          Rules.NONCE,
          nonce.length() > 0
              && nonce.length() <= SIZE
              && reportData.equals(Bytes.of(Arrays.copyOf(nonce.toArray(), SIZE))),
          nonce.hex(),
          reportData.hex());
    }
    if (whole != null) {
      findings.check(Rules.REPORT_DATA, whole.equals(reportData), whole.hex(), reportData.hex());
    }
  }
}
