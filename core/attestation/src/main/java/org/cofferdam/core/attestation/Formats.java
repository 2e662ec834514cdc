// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.util.List;
import org.cofferdam.core.attestation.cca.CcaVerifier;
import org.cofferdam.core.attestation.confidentialspace.ConfidentialSpaceVerifier;
import org.cofferdam.core.attestation.cove.CoveVerifier;
import org.cofferdam.core.attestation.dcap.SgxVerifier;
import org.cofferdam.core.attestation.dcap.TdxVerifier;
import org.cofferdam.core.attestation.nitro.NitroVerifier;
import org.cofferdam.core.attestation.nvidia.NvidiaVerifier;
import org.cofferdam.core.attestation.snp.SnpVerifier;
import org.cofferdam.core.attestation.tpm.EventLogVerifier;
import org.cofferdam.core.attestation.tpm.TpmVerifier;
import org.cofferdam.core.attestation.uvm.UvmVerifier;

/**
 * Every kind there is, one line each. Order matters where one shape contains another: composites
 * come before their parts.
 */
final class Formats {
  private Formats() {}

  static List<FormatVerifier> all() {
    return List.of(
        new SgxVerifier(),
        new TdxVerifier(),
        new SnpVerifier(),
        new UvmVerifier(),
        new NitroVerifier(),
        new CcaVerifier(),
        new CoveVerifier(),
        new NvidiaVerifier(),
        new ConfidentialSpaceVerifier(),
        new TpmVerifier(),
        new EventLogVerifier());
  }
}
