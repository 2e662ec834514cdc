// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.uvm;

import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.FormatVerifier;
import org.cofferdam.core.evidence.uvm.UvmEndorsement;

/** An endorsement by itself: genuine or not, but never proof of a machine. */
public final class UvmVerifier implements FormatVerifier {
  @Override
  public String kind() {
    return "uvm-endorsement";
  }

  @Override
  public boolean recognises(Evidence evidence) {
    return evidence.find(UvmEndorsement::looksLike).isPresent();
  }

  @Override
  public void verify(Evidence evidence, Context context) {
    Document document = evidence.find(UvmEndorsement::looksLike).orElse(evidence.first());
    new UvmChecks(context).verify(UvmEndorsement.parse(document.content()));
    context.findings().notChecked("a report of the machine: an endorsement is not evidence");
  }
}
