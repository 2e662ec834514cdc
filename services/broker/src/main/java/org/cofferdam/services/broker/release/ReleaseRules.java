// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.release;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.attestation.Appraisal;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.attestation.Outcome;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.policy.RegoPolicy;
import org.cofferdam.core.policy.RegoReleasePolicy;
import org.cofferdam.core.policy.ReleaseDecision;
import org.cofferdam.core.policy.ReleasePolicy;
import org.cofferdam.core.policy.ReleaseQuestion;
import org.cofferdam.core.policy.TypedReleasePolicy;
import org.cofferdam.services.broker.resource.ResourcePolicyStore;
import org.cofferdam.services.broker.resource.Revocations;
import org.cofferdam.services.broker.workload.Workload;
import org.cofferdam.services.broker.workload.WorkloadStore;

/** Whether a guest that passed may have a resource. It records nothing and hands out nothing. */
public final class ReleaseRules {
  private static final String VERSION = "1";

  private final WorkloadStore workloads;
  private final ResourcePolicyStore policies;
  private final Revocations revocations;
  private final String verificationDigest;
  private final boolean development;

  /**
   * @param verification the policy that guests must have been verified under
   * @param development true to release to development TEEs
   */
  public ReleaseRules(
      WorkloadStore workloads,
      ResourcePolicyStore policies,
      Revocations revocations,
      Policy verification,
      boolean development) {
    this.workloads = workloads;
    this.policies = policies;
    this.revocations = revocations;
    this.verificationDigest = verification.digest();
    this.development = development;
  }

  /**
   * @param policy that decided
   * @param failed every rule that does not hold; where there is none the decision allows
   */
  public record Ruling(ReleasePolicy policy, ReleaseDecision decision, List<Check> failed) {
    public Ruling {
      failed = List.copyOf(failed);
    }
  }

  /**
   * @param workload that the guest was compared with
   * @param result the attestation result that the guest has
   */
  public Ruling decide(
      Appraisal appraisal, Workload workload, Json.Obj result, String resource, Instant at)
      throws IOException {
    ReleasePolicy policy = policyFor(workload);
    ReleaseDecision decision = policy.decide(new ReleaseQuestion(appraisal, resource, result, at));
    List<Check> failed = new ArrayList<>();
    decision.checks().stream().filter(c -> c.outcome() == Outcome.FAILED).forEach(failed::add);
    revocations.check(appraisal).ifPresent(failed::add);
    Optional<Workload> now = workloads.byName(workload.name());
    if (now.filter(w -> w.version() == workload.version()).isEmpty()) {
      failed.add(
          Check.of(
              "release.workload-unchanged",
              false,
              "version " + workload.version() + " of the workload",
              now.map(w -> "version " + w.version()).orElse("no such workload"),
              "The guest was compared with what was registered then.",
              "Attest again."));
    }
    return new Ruling(policy, decision, failed);
  }

  /** The built-in policy, and where one was uploaded that one too: both must allow. */
  private ReleasePolicy policyFor(Workload workload) throws IOException {
    TypedReleasePolicy typed =
        new TypedReleasePolicy(
            "release",
            VERSION,
            verificationDigest,
            development,
            Map.of(workload.name(), workload.secrets()));
    Optional<RegoPolicy> uploaded = policies.current();
    return uploaded.isEmpty() ? typed : new RegoReleasePolicy(typed, uploaded.get());
  }
}
