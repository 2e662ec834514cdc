// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.release;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.attestation.Appraisal;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.ledger.ContentDigest;
import org.cofferdam.core.ledger.Decision;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.ledger.Receipt;
import org.cofferdam.core.ledger.RecordBuilder;
import org.cofferdam.core.policy.ReleaseDecision;
import org.cofferdam.core.policy.ReleasePolicy;
import org.cofferdam.core.protocol.kbs.JweSealer;
import org.cofferdam.core.protocol.kbs.ResourceJwe;
import org.cofferdam.core.release.ReleaseGrant;
import org.cofferdam.services.broker.attest.Attestor;
import org.cofferdam.services.broker.decision.DecisionLog;
import org.cofferdam.services.broker.resource.LimitException;
import org.cofferdam.services.broker.resource.NoSuchResourceException;
import org.cofferdam.services.broker.resource.ResourceRules;
import org.cofferdam.services.broker.resource.ResourceStore;
import org.cofferdam.services.broker.session.Attested;
import org.cofferdam.services.broker.store.Revisions;
import org.cofferdam.services.broker.store.StaleException;

/**
 * Hands a resource to a guest that passed, where the policy allows it and once that is on record.
 */
public final class Releaser {
  private final ResourceStore resources;
  private final ResourceRules limits;
  private final ReleaseRules rules;
  private final Revisions revisions;
  private final DecisionLog decisions;
  private final JweSealer sealer;
  private final InstantSource clock;
  private final List<String> marks;

  /**
   * @param marks what every result must say of this server itself
   */
  public Releaser(
      ResourceStore resources,
      ResourceRules limits,
      ReleaseRules rules,
      Revisions revisions,
      DecisionLog decisions,
      JweSealer sealer,
      InstantSource clock,
      List<String> marks) {
    this.resources = resources;
    this.limits = limits;
    this.rules = rules;
    this.revisions = revisions;
    this.decisions = decisions;
    this.sealer = sealer;
    this.clock = clock;
    this.marks = List.copyOf(marks);
  }

  /**
   * @param resource {@code repository/type/tag}
   * @throws IOException where the release could not be recorded or the store failed; nothing was
   *     handed out then
   */
  public ReleaseOutcome release(Attested guest, String resource) throws IOException {
    while (true) {
      try {
        return release(guest, resource, revisions.known());
      } catch (StaleException e) {
        revisions.refresh();
      }
    }
  }

  private ReleaseOutcome release(Attested guest, String resource, long revision)
      throws IOException {
    Instant at = clock.instant();
    ReleaseRules.Ruling ruling =
        rules.decide(guest.appraisal(), guest.workload(), guest.result(), resource, at);
    if (ruling.failed().isEmpty() && ruling.decision() instanceof ReleaseDecision.Allowed allowed) {
      return hand(guest, ruling.policy(), allowed, at, revision);
    }
    return deny(guest, ruling.policy(), ruling.failed(), at, revision);
  }

  private ReleaseOutcome deny(
      Attested guest, ReleasePolicy policy, List<Check> failed, Instant at, long revision)
      throws IOException {
    return new ReleaseOutcome.Denied(failed, refuse(guest, policy, failed, at, revision));
  }

  private ReleaseOutcome hand(
      Attested guest,
      ReleasePolicy policy,
      ReleaseDecision.Allowed allowed,
      Instant at,
      long revision)
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
              transaction -> {
                revisions.require(transaction.connection(), revision);
                resources.require(transaction.connection(), resource);
                limits.use(transaction.connection(), resource, at);
              });
      ReleaseGrant grant = ReleaseGrant.of(guest.appraisal(), allowed, receipt);
      try (SecretBytes secret = resources.open(grant)) {
        ResourceJwe answer = sealer.seal(guest.teeKey(), secret);
        return new ReleaseOutcome.Released(answer, receipt);
      }
    } catch (LimitException e) {
      return deny(guest, policy, List.of(e.check()), at, revision);
    } catch (NoSuchResourceException e) {
      Check missing =
          Check.of(
              "release.resource-exists",
              false,
              "a resource of this name",
              "none",
              "There is nothing to hand out.",
              "Write the resource, or correct its name.");
      return new ReleaseOutcome.Missing(refuse(guest, policy, List.of(missing), at, revision));
    }
  }

  private Receipt refuse(
      Attested guest, ReleasePolicy policy, List<Check> failed, Instant at, long revision)
      throws IOException {
    RecordBuilder builder = record(Decision.REFUSED, guest, policy, at);
    failed.forEach(c -> builder.reason(c.id(), c.expected(), c.found()));
    return decisions.record(
        builder.build(),
        content(guest, policy),
        failed,
        transaction -> revisions.require(transaction.connection(), revision));
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
}
