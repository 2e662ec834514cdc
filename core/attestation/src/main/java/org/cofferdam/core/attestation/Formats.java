// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.util.List;
import org.cofferdam.core.attestation.tpm.EventLogVerifier;
import org.cofferdam.core.attestation.tpm.TpmVerifier;

/**
 * Every kind there is, one line each. Order matters where one shape contains another: composites
 * come before their parts.
 */
final class Formats {
  private Formats() {}

  static List<FormatVerifier> all() {
    return List.of(new TpmVerifier(), new EventLogVerifier());
  }
}
