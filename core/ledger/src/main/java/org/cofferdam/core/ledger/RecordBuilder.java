// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects a {@link LedgerRecord}; what is not set is absent. */
public final class RecordBuilder {
  /** More failed checks than these are counted, not listed, so that a record fits its entry. */
  private static final int MAX_REASONS = 40;

  private final Instant time;
  private final Decision decision;
  private final String workload;
  private @Nullable String tee;
  private @Nullable String grade;
  private @Nullable ContentDigest evidence;
  private @Nullable PolicyRef policy;
  private @Nullable ContentDigest references;
  private final List<ContentDigest> collateral = new ArrayList<>();
  private final List<Reason> reasons = new ArrayList<>();
  private final List<String> released = new ArrayList<>();
  private final List<String> insecure = new ArrayList<>();
  private String correlation = "";
  private @Nullable String actor;

  RecordBuilder(Instant time, Decision decision, String workload) {
    this.time = time;
    this.decision = decision;
    this.workload = workload;
  }

  public RecordBuilder tee(String kind, String gradeOfEvidence) {
    tee = kind;
    grade = gradeOfEvidence;
    return this;
  }

  public RecordBuilder evidence(ContentDigest digest) {
    evidence = digest;
    return this;
  }

  public RecordBuilder policy(PolicyRef applied) {
    policy = applied;
    return this;
  }

  public RecordBuilder references(ContentDigest digest) {
    references = digest;
    return this;
  }

  public RecordBuilder collateral(List<ContentDigest> digests) {
    collateral.addAll(digests);
    return this;
  }

  public RecordBuilder reason(String id, String expected, String found) {
    reasons.add(new Reason(id, expected, found));
    return this;
  }

  public RecordBuilder released(List<String> names) {
    released.addAll(names);
    return this;
  }

  public RecordBuilder insecure(List<String> marks) {
    insecure.addAll(marks);
    return this;
  }

  public RecordBuilder correlation(String id) {
    correlation = id;
    return this;
  }

  public RecordBuilder actor(String who) {
    actor = who;
    return this;
  }

  /**
   * @throws org.cofferdam.core.bytes.MalformedEvidenceException where the parts contradict the
   *     decision
   */
  public LedgerRecord build() {
    List<Reason> listed = reasons;
    if (reasons.size() > MAX_REASONS) {
      listed = new ArrayList<>(reasons.subList(0, MAX_REASONS));
      listed.add(
          new Reason(Reason.MORE, "", (reasons.size() - MAX_REASONS) + " more checks failed"));
    }
    return new LedgerRecord(
        time,
        decision,
        workload,
        tee,
        grade,
        evidence,
        policy,
        references,
        collateral,
        listed,
        released,
        insecure,
        correlation,
        actor);
  }
}
