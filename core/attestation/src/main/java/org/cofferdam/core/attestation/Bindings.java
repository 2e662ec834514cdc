// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.util.Arrays;
import org.cofferdam.core.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** How evidence is tied to the relying party's challenge. */
public final class Bindings {
  private Bindings() {}

  /**
   * For formats with a field of fixed length: a shorter challenge stands at its start, with zeros
   * behind; report data is compared as a whole.
   */
  public static void field(FormatVerifier.Context context, Bytes field) {
    Expectations expectations = context.expectations();
    Bytes nonce = expectations.nonce();
    if (nonce != null) {
      context
          .findings()
          .check(
              Rules.NONCE,
              nonce.length() > 0
                  && nonce.length() <= field.length()
                  && field.equals(Bytes.of(Arrays.copyOf(nonce.toArray(), field.length()))),
              nonce.hex(),
              field.hex());
    }
    Bytes reportData = expectations.reportData();
    if (reportData != null) {
      context
          .findings()
          .check(Rules.REPORT_DATA, reportData.equals(field), reportData.hex(), field.hex());
    }
    if (nonce == null && reportData == null) {
      noChallenge(context);
    }
  }

  /** For formats whose challenge has the length that the relying party chose. */
  public static void exact(FormatVerifier.Context context, @Nullable Bytes found) {
    Bytes nonce = context.expectations().nonce();
    if (nonce == null) {
      noChallenge(context);
      return;
    }
    context
        .findings()
        .check(
            Rules.NONCE,
            found != null && nonce.length() > 0 && nonce.equals(found),
            nonce.hex(),
            found == null ? "" : found.hex());
  }

  /** Notes that freshness could not be looked at. */
  public static void noChallenge(FormatVerifier.Context context) {
    context.findings().check(Rules.NONCE_GIVEN, false, "a challenge", "none given");
  }
}
