// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.attestation.Appraisal;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.TrustAnchor.Origin;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.ContentDigest;
import org.cofferdam.core.ledger.Decision;
import org.cofferdam.core.ledger.Ledger;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.ledger.Outbox;
import org.cofferdam.core.ledger.PolicyRef;
import org.cofferdam.core.ledger.Receipt;
import org.cofferdam.core.ledger.RecordBuilder;
import org.cofferdam.core.ledger.Submission;
import org.cofferdam.core.policy.ReleaseDecision;
import org.cofferdam.core.policy.ReleaseQuestion;
import org.cofferdam.core.policy.ResourcePattern;
import org.cofferdam.core.policy.TypedReleasePolicy;
import org.junit.jupiter.api.Test;

/** A grant needs three things that speak of one release; each is bent alone. */
class ReleaseGrantTest {
  private static final String SECRET = "default/orders-db/password";
  private static final String OTHER = "default/orders-db/user";
  private static final byte[] EVIDENCE = {1, 2, 3};

  private final Appraisal appraisal = appraisal();
  private final TypedReleasePolicy policy =
      new TypedReleasePolicy(
          "release",
          "1",
          Policy.release().digest(),
          false,
          Map.of(
              Appraisals.WORKLOAD,
              List.of(new ResourcePattern(SECRET), new ResourcePattern(OTHER))));
  private final Ledger<String> ledger = new Ledger<>(new ListOutbox());

  @Test
  void anAllowedAndRecordedReleaseIsGranted() throws IOException {
    Receipt receipt = record(Decision.RELEASED, Appraisals.WORKLOAD, SECRET);
    ReleaseGrant grant = ReleaseGrant.of(appraisal, allowed(appraisal, SECRET), receipt);
    assertThat(grant.resource()).isEqualTo(SECRET);
    assertThat(grant.receipt()).isSameAs(receipt);
    assertThat(grant.appraisal()).isSameAs(appraisal);
  }

  @Test
  void aRecordOfAnotherResourceGrantsNothing() throws IOException {
    Receipt receipt = record(Decision.RELEASED, Appraisals.WORKLOAD, OTHER);
    assertThatThrownBy(() -> ReleaseGrant.of(appraisal, allowed(appraisal, SECRET), receipt))
        .hasMessageContaining("other resources");
  }

  @Test
  void aRecordThatTellsOfNoReleaseGrantsNothing() throws IOException {
    Receipt receipt = record(Decision.ATTESTED, Appraisals.WORKLOAD, SECRET);
    assertThatThrownBy(() -> ReleaseGrant.of(appraisal, allowed(appraisal, SECRET), receipt))
        .hasMessageContaining("tells of no release");
  }

  @Test
  void aRecordOfAnotherWorkloadGrantsNothing() throws IOException {
    Receipt receipt = record(Decision.RELEASED, "default/other", SECRET);
    assertThatThrownBy(() -> ReleaseGrant.of(appraisal, allowed(appraisal, SECRET), receipt))
        .hasMessageContaining("another workload");
  }

  @Test
  void aDecisionOnAnotherAppraisalGrantsNothing() throws IOException {
    Receipt receipt = record(Decision.RELEASED, Appraisals.WORKLOAD, SECRET);
    assertThatThrownBy(() -> ReleaseGrant.of(appraisal, allowed(appraisal(), SECRET), receipt))
        .hasMessageContaining("another appraisal");
  }

  @Test
  void aRecordUnderAnotherPolicyGrantsNothing() throws IOException {
    byte[] text = {9};
    Receipt receipt =
        ledger.record(
            builder(Decision.RELEASED, Appraisals.WORKLOAD)
                .references(ContentDigest.of(references()))
                .policy(new PolicyRef("release", "1", ContentDigest.of(text)))
                .released(List.of(SECRET))
                .build(),
            List.of(EVIDENCE, references(), text));
    assertThatThrownBy(() -> ReleaseGrant.of(appraisal, allowed(appraisal, SECRET), receipt))
        .hasMessageContaining("another policy");
  }

  @Test
  void aRecordOfOtherReferenceValuesGrantsNothing() throws IOException {
    byte[] other = {8};
    Receipt receipt =
        ledger.record(
            builder(Decision.RELEASED, Appraisals.WORKLOAD)
                .references(ContentDigest.of(other))
                .policy(ReleaseGrant.reference(policy.identity()))
                .released(List.of(SECRET))
                .build(),
            List.of(EVIDENCE, other, policy.text().toArray()));
    assertThatThrownBy(() -> ReleaseGrant.of(appraisal, allowed(appraisal, SECRET), receipt))
        .hasMessageContaining("other reference values");
  }

  private Receipt record(Decision decision, String workload, String resource) throws IOException {
    RecordBuilder builder =
        builder(decision, workload)
            .references(ContentDigest.of(references()))
            .policy(ReleaseGrant.reference(policy.identity()));
    if (decision == Decision.RELEASED) {
      builder.released(List.of(resource));
    }
    return ledger.record(builder.build(), List.of(EVIDENCE, references(), policy.text().toArray()));
  }

  private static RecordBuilder builder(Decision decision, String workload) {
    return LedgerRecord.builder(Appraisals.NOW, decision, workload)
        .tee("tpm", "genuine")
        .evidence(ContentDigest.of(EVIDENCE));
  }

  private ReleaseDecision.Allowed allowed(Appraisal of, String resource) {
    return (ReleaseDecision.Allowed)
        policy.decide(new ReleaseQuestion(of, resource, Json.object().build(), Appraisals.NOW));
  }

  private static Appraisal appraisal() {
    return Appraisals.of(Origin.SUPPLIED, Policy.release(), "serve");
  }

  private static byte[] references() {
    return Appraisals.references("serve").toJson().canonical();
  }

  /** Keeps records in memory. */
  private static final class ListOutbox implements Outbox<String> {
    private final List<Submission> kept = new ArrayList<>();

    @Override
    public long append(Submission submission, Effect<? super String> effect) throws IOException {
      effect.apply("");
      kept.add(submission);
      return kept.size() - 1L;
    }

    @Override
    public List<Submission> read(long from, int limit) {
      return kept.stream().skip(from).limit(limit).toList();
    }

    @Override
    public long size() {
      return kept.size();
    }

    @Override
    public void trim(long before) {
      kept.subList(0, (int) before).clear();
    }
  }
}
