// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.policy;

import java.util.List;
import org.cofferdam.core.attestation.Check;

/** What a {@link ReleasePolicy} says to one question. Only policies make one. */
public sealed interface ReleaseDecision {

  ReleaseQuestion question();

  /** The policy that decided. */
  PolicyIdentity policy();

  /** Every rule that was looked at. */
  List<Check> checks();

  /** The resource may go to the guest, once that is on record. */
  final class Allowed implements ReleaseDecision {
    private final ReleaseQuestion question;
    private final PolicyIdentity policy;
    private final List<Check> checks;

    Allowed(ReleaseQuestion question, PolicyIdentity policy, List<Check> checks) {
      this.question = question;
      this.policy = policy;
      this.checks = List.copyOf(checks);
    }

    @Override
    public ReleaseQuestion question() {
      return question;
    }

    @Override
    public PolicyIdentity policy() {
      return policy;
    }

    @Override
    public List<Check> checks() {
      return checks;
    }
  }

  /** The resource may not go there; at least one check failed. */
  final class Denied implements ReleaseDecision {
    private final ReleaseQuestion question;
    private final PolicyIdentity policy;
    private final List<Check> checks;

    Denied(ReleaseQuestion question, PolicyIdentity policy, List<Check> checks) {
      this.question = question;
      this.policy = policy;
      this.checks = List.copyOf(checks);
    }

    @Override
    public ReleaseQuestion question() {
      return question;
    }

    @Override
    public PolicyIdentity policy() {
      return policy;
    }

    @Override
    public List<Check> checks() {
      return checks;
    }
  }
}
