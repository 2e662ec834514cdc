// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.attestation.azure.AzureVtpmVerifier;
import org.cofferdam.core.attestation.cca.CcaVerifier;
import org.cofferdam.core.attestation.coco.CocoVerifier;
import org.cofferdam.core.attestation.confidentialspace.ConfidentialSpaceVerifier;
import org.cofferdam.core.attestation.cove.CoveVerifier;
import org.cofferdam.core.attestation.dcap.SgxVerifier;
import org.cofferdam.core.attestation.dcap.TdxVerifier;
import org.cofferdam.core.attestation.ear.EarVerifier;
import org.cofferdam.core.attestation.gce.GcpVtpmVerifier;
import org.cofferdam.core.attestation.nitro.NitroVerifier;
import org.cofferdam.core.attestation.nvidia.NvidiaVerifier;
import org.cofferdam.core.attestation.ratls.RaTlsVerifier;
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
    List<FormatVerifier> quotes = List.of(new SgxVerifier(), new TdxVerifier());
    FormatVerifier azure = new AzureVtpmVerifier();
    FormatVerifier snp = new SnpVerifier();
    FormatVerifier cca = new CcaVerifier();
    FormatVerifier nvidia = new NvidiaVerifier();
    FormatVerifier tpm = new TpmVerifier();
    List<FormatVerifier> cpus = new ArrayList<>(quotes);
    cpus.addAll(List.of(azure, snp, cca, tpm));
    List<FormatVerifier> all = new ArrayList<>();
    all.add(new CocoVerifier(cpus, List.of(nvidia)));
    all.add(new RaTlsVerifier(quotes));
    all.add(azure);
    all.add(new GcpVtpmVerifier());
    all.addAll(quotes);
    all.addAll(
        List.of(
            snp,
            new UvmVerifier(),
            new NitroVerifier(),
            cca,
            new CoveVerifier(),
            nvidia,
            new ConfidentialSpaceVerifier(),
            new EarVerifier(),
            tpm,
            new EventLogVerifier()));
    return List.copyOf(all);
  }
}
