// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.attest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.attestation.Appraisal;
import org.cofferdam.core.attestation.Appraiser;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.attestation.Outcome;
import org.cofferdam.core.attestation.Report;
import org.cofferdam.core.attestation.VerificationResult;
import org.cofferdam.core.attestation.Verified;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.ledger.replay.VerifierInput;
import org.cofferdam.services.broker.resource.Revocations;
import org.cofferdam.services.broker.workload.Workload;

/** Whether evidence is genuine, of the workload, and not revoked. It records nothing. */
public final class Verification {
  private final Verifier verifier;
  private final Revocations revocations;
  private final Appraiser appraiser = new Appraiser(false);

  public Verification(Verifier verifier, Revocations revocations) {
    this.verifier = verifier;
    this.revocations = revocations;
  }

  /**
   * @param appraisal there where the evidence was verified and every value holds
   * @param failed the checks that did not pass; empty where the guest passed
   */
  public record Judged(Report report, Optional<Appraisal> appraisal, List<Check> failed) {
    public Judged {
      failed = List.copyOf(failed);
    }

    public boolean passed() {
      return appraisal.isPresent() && failed.isEmpty();
    }
  }

  public Judged judge(VerifierInput input, Workload workload) throws IOException {
    VerificationResult result = verifier.verify(input.toEvidence(), input.expectations());
    if (!(result instanceof Verified verified)) {
      List<Check> failed = notPassed(result.report().checks());
      if (!result.report().claims().members().isEmpty()) {
        failed.addAll(
            notPassed(
                appraiser.compareOnly(
                    result.report(), workload.references(), input.expectations().at())));
      }
      return new Judged(result.report(), Optional.empty(), failed);
    }
    Appraisal appraisal =
        appraiser.appraise(verified, workload.references(), input.expectations().at());
    if (!appraisal.holds()) {
      return new Judged(verified.report(), Optional.empty(), notPassed(appraisal.checks()));
    }
    return new Judged(
        verified.report(),
        Optional.of(appraisal),
        revocations.check(appraisal).map(List::of).orElse(List.of()));
  }

  /** Failed checks; skipped ones too, since what was not looked at has not passed. */
  static List<Check> notPassed(List<Check> checks) {
    List<Check> left = new ArrayList<>();
    for (Check check : checks) {
      if (check.outcome() == Outcome.FAILED || check.outcome() == Outcome.SKIPPED) {
        left.add(check);
      }
    }
    return left;
  }
}
