// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.release;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.attestation.Appraisal;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.attestation.Outcome;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.ledger.ContentDigest;
import org.cofferdam.core.ledger.Decision;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.ledger.Receipt;
import org.cofferdam.core.ledger.RecordBuilder;
import org.cofferdam.core.policy.RegoPolicy;
import org.cofferdam.core.policy.RegoReleasePolicy;
import org.cofferdam.core.policy.ReleaseDecision;
import org.cofferdam.core.policy.ReleasePolicy;
import org.cofferdam.core.policy.ReleaseQuestion;
import org.cofferdam.core.policy.TypedReleasePolicy;
import org.cofferdam.core.protocol.kbs.JweSealer;
import org.cofferdam.core.protocol.kbs.ResourceJwe;
import org.cofferdam.core.release.ReleaseGrant;
import org.cofferdam.services.broker.attest.Attestor;
import org.cofferdam.services.broker.decision.DecisionLog;
import org.cofferdam.services.broker.resource.NoSuchResourceException;
import org.cofferdam.services.broker.resource.ResourcePolicyStore;
import org.cofferdam.services.broker.resource.ResourceStore;
import org.cofferdam.services.broker.session.Attested;
import org.cofferdam.services.broker.workload.Workload;

/**
 * Hands a resource to a guest that passed, where the policy allows it and once that is on record.
 */
public final class Releaser {
  private static final String VERSION = "1";

  private final ResourceStore resources;
  private final ResourcePolicyStore policies;
  private final DecisionLog decisions;
  private final JweSealer sealer;
  private final InstantSource clock;
  private final Policy verification;
  private final boolean development;
  private final List<String> marks;

  /**
   * @param verification the policy that guests must have been verified under
   * @param development true to release to development TEEs
   * @param marks what every result must say of this server itself
   */
  public Releaser(
      ResourceStore resources,
      ResourcePolicyStore policies,
      DecisionLog decisions,
      JweSealer sealer,
      InstantSource clock,
      Policy verification,
      boolean development,
      List<String> marks) {
    this.resources = resources;
    this.policies = policies;
    this.decisions = decisions;
    this.sealer = sealer;
    this.clock = clock;
    this.verification = verification;
    this.development = development;
    this.marks = List.copyOf(marks);
  }

  /**
   * @param resource {@code repository/type/tag}
   * @throws IOException where the release could not be recorded or the store failed; nothing was
   *     handed out then
   */
  public ReleaseOutcome release(Attested guest, String resource) throws IOException {
    Instant at = clock.instant();
    ReleasePolicy policy = policyFor(guest.workload());
    ReleaseDecision decision =
        policy.decide(new ReleaseQuestion(guest.appraisal(), resource, guest.result(), at));
    return switch (decision) {
      case ReleaseDecision.Denied denied ->
          new ReleaseOutcome.Denied(failed(denied), refuse(guest, policy, failed(denied), at));
      case ReleaseDecision.Allowed allowed -> hand(guest, policy, allowed, at);
    };
  }

  private ReleaseOutcome hand(
      Attested guest, ReleasePolicy policy, ReleaseDecision.Allowed allowed, Instant at)
      throws IOException {
    String resource = allowed.question().resource();
    LedgerRecord record =
        record(Decision.RELEASED, guest, policy, at).released(List.of(resource)).build();
    try {
      Receipt receipt =
          decisions.record(
              record,
              content(guest, policy),
              List.of(),
              transaction -> resources.require(transaction.connection(), resource));
      ReleaseGrant grant = ReleaseGrant.of(guest.appraisal(), allowed, receipt);
      try (SecretBytes secret = resources.open(grant)) {
        ResourceJwe answer = sealer.seal(guest.teeKey(), secret);
        return new ReleaseOutcome.Released(answer, receipt);
      }
    } catch (NoSuchResourceException e) {
      Check missing =
          Check.of(
              "release.resource-exists",
              false,
              "a resource of this name",
              "none",
              "There is nothing to hand out.",
              "Write the resource, or correct its name.");
      return new ReleaseOutcome.Missing(refuse(guest, policy, List.of(missing), at));
    }
  }

  private Receipt refuse(Attested guest, ReleasePolicy policy, List<Check> failed, Instant at)
      throws IOException {
    RecordBuilder builder = record(Decision.REFUSED, guest, policy, at);
    failed.forEach(c -> builder.reason(c.id(), c.expected(), c.found()));
    return decisions.record(builder.build(), content(guest, policy), failed, transaction -> {});
  }

  private RecordBuilder record(
      Decision decision, Attested guest, ReleasePolicy policy, Instant at) {
    Appraisal appraisal = guest.appraisal();
    List<String> insecure = new ArrayList<>(appraisal.verified().report().insecure());
    insecure.addAll(marks);
    RecordBuilder builder =
        LedgerRecord.builder(at, decision, appraisal.workload())
            .tee(guest.session().tee(), Attestor.grade(appraisal));
    ContentDigest evidence = guest.record().evidence();
    if (evidence != null) {
      builder.evidence(evidence);
    }
    return builder
        .collateral(guest.record().collateral())
        .policy(ReleaseGrant.reference(policy.identity()))
        .references(new ContentDigest(appraisal.referenceDigest()))
        .insecure(insecure)
        .correlation(guest.session().correlation());
  }

  private static List<byte[]> content(Attested guest, ReleasePolicy policy) {
    List<byte[]> content = new ArrayList<>(guest.content());
    content.add(policy.text().toArray());
    return content;
  }

  /** The built-in policy, and where one was uploaded that one too: both must allow. */
  private ReleasePolicy policyFor(Workload workload) throws IOException {
    TypedReleasePolicy typed =
        new TypedReleasePolicy(
            "release",
            VERSION,
            verification.digest(),
            development,
            Map.of(workload.name(), workload.secrets()));
    Optional<RegoPolicy> uploaded = policies.current();
    return uploaded.isEmpty() ? typed : new RegoReleasePolicy(typed, uploaded.get());
  }

  private static List<Check> failed(ReleaseDecision decision) {
    return decision.checks().stream().filter(c -> c.outcome() == Outcome.FAILED).toList();
  }
}
