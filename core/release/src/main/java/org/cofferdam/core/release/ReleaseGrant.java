// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.release;

import org.cofferdam.core.attestation.Appraisal;
import org.cofferdam.core.ledger.ContentDigest;
import org.cofferdam.core.ledger.Decision;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.ledger.PolicyRef;
import org.cofferdam.core.ledger.Receipt;
import org.cofferdam.core.policy.PolicyIdentity;
import org.cofferdam.core.policy.ReleaseDecision;

/**
 * Leave to hand out one resource once. It exists only where a policy allowed the release to an
 * appraised guest and the record of exactly that is durable: what hands out a secret takes a grant
 * and nothing else.
 */
public final class ReleaseGrant {
  private final Appraisal appraisal;
  private final String resource;
  private final Receipt receipt;

  private ReleaseGrant(Appraisal appraisal, String resource, Receipt receipt) {
    this.appraisal = appraisal;
    this.resource = resource;
    this.receipt = receipt;
  }

  /**
   * @param decision that the appraisal holds is part of it: policies allow nothing else
   * @throws IllegalArgumentException where the three do not speak of the same release
   */
  public static ReleaseGrant of(
      Appraisal appraisal, ReleaseDecision.Allowed decision, Receipt receipt) {
    LedgerRecord record = receipt.record();
    String resource = decision.question().resource();
    require(decision.question().appraisal() == appraisal, "another appraisal was decided on");
    require(record.decision() == Decision.RELEASED, "the record tells of no release");
    require(record.released().contains(resource), "the record names other resources");
    require(record.workload().equals(appraisal.workload()), "the record names another workload");
    require(
        new ContentDigest(appraisal.referenceDigest()).equals(record.references()),
        "the record names other reference values");
    require(
        reference(decision.policy()).equals(record.policy()), "the record names another policy");
    return new ReleaseGrant(appraisal, resource, receipt);
  }

  /** A policy as records name it. */
  public static PolicyRef reference(PolicyIdentity policy) {
    return new PolicyRef(policy.name(), policy.version(), new ContentDigest(policy.digest()));
  }

  public Appraisal appraisal() {
    return appraisal;
  }

  /** The one resource, {@code repository/type/tag}. */
  public String resource() {
    return resource;
  }

  public Receipt receipt() {
    return receipt;
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException("no release: " + problem);
    }
  }
}
