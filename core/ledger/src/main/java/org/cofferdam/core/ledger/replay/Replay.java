// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.replay;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cofferdam.core.attestation.Appraisal;
import org.cofferdam.core.attestation.Appraiser;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Outcome;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.Verdict;
import org.cofferdam.core.attestation.VerificationResult;
import org.cofferdam.core.attestation.Verified;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.ContentDigest;
import org.cofferdam.core.ledger.ContentStore;
import org.cofferdam.core.ledger.Decision;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.ledger.Reason;
import org.cofferdam.core.reference.ReferenceSet;
import org.jspecify.annotations.Nullable;

/** Repeats the verdict behind a record from the content that the log keeps. */
public final class Replay {
  /** A release policy names the verification policy that it rests on in this member. */
  private static final String VERIFICATION = "verification";

  private final ContentStore contents;
  private final VerifierFactory verifiers;

  public Replay(ContentStore contents, VerifierFactory verifiers) {
    this.contents = contents;
    this.verifiers = verifiers;
  }

  /**
   * The verdict at the time of the record, with what applied then.
   *
   * @throws MissingContentException where what the record names is not kept (any more)
   * @throws org.cofferdam.core.bytes.MalformedEvidenceException where it has not its form
   */
  public Replayed then(LedgerRecord record) throws IOException {
    return repeat(record, null, record.references());
  }

  /**
   * The verdict on the same evidence at another time, with other reference values.
   *
   * @param at the time
   * @param references digest of a set that the log keeps, for example that of the workload's latest
   *     change
   * @throws MissingContentException where what is named is not kept (any more)
   * @throws org.cofferdam.core.bytes.MalformedEvidenceException where it has not its form
   */
  public Replayed at(LedgerRecord record, Instant at, @Nullable ContentDigest references)
      throws IOException {
    return repeat(record, at, references);
  }

  /**
   * Whether a repeated verdict is the recorded one: accepted where something was handed out or the
   * guest passed; where it was refused, the same checks failed. What only the server could check
   * (the session, the grant) is not repeated and does not count.
   */
  public static boolean agrees(LedgerRecord record, Replayed replayed) {
    boolean positive =
        record.decision() == Decision.RELEASED || record.decision() == Decision.ATTESTED;
    if (positive) {
      return replayed.verdict() == Verdict.ACCEPTED;
    }
    Set<String> recorded =
        record.reasons().stream()
            .map(Reason::id)
            .filter(Replay::isRepeatable)
            .collect(Collectors.toSet());
    Set<String> again = replayed.checks().stream().map(Check::id).collect(Collectors.toSet());
    boolean complete = record.reasons().stream().noneMatch(r -> r.id().equals(Reason.MORE));
    return complete ? recorded.equals(again) : again.containsAll(recorded);
  }

  /** Whether the rule of a reason looks at the evidence alone. */
  public static boolean isRepeatable(String reason) {
    return !reason.startsWith("session.")
        && !reason.startsWith("workload.")
        && !reason.startsWith("release.")
        && !reason.equals("tpm.ak.as-offered")
        && !reason.equals(Reason.MORE);
  }

  private Replayed repeat(
      LedgerRecord record, @Nullable Instant at, @Nullable ContentDigest referenceDigest)
      throws IOException {
    if (record.evidence() == null || record.policy() == null) {
      throw new MissingContentException("the record tells of no evidence that was verified");
    }
    byte[] document = content(record.evidence());
    VerifierInput input = VerifierInput.decode(document, policy(record.policy().digest()));
    Expectations given = input.expectations();
    Instant time = Objects.requireNonNullElse(at, given.at());
    List<Document> collateral = new ArrayList<>();
    for (ContentDigest digest : record.collateral()) {
      collateral.add(Document.of(digest.hex(), content(digest)));
    }
    VerificationResult result =
        verifiers
            .create(input.anchors(), collateral)
            .verify(input.toEvidence(), withTime(given, time));
    List<Check> checks = new ArrayList<>(notPassed(result.report().checks()));
    Verdict verdict = result.report().verdict();
    if (referenceDigest != null) {
      ReferenceSet references = ReferenceSet.fromJson(Json.parse(content(referenceDigest)));
      Appraiser appraiser = new Appraiser(false);
      if (result instanceof Verified verified) {
        Appraisal appraisal = appraiser.appraise(verified, references, time);
        checks.addAll(notPassed(appraisal.checks()));
        verdict = appraisal.holds() ? Verdict.ACCEPTED : Verdict.REFUSED;
      } else {
        checks.addAll(notPassed(appraiser.compareOnly(result.report(), references, time)));
      }
    } else if (verdict == Verdict.ACCEPTED) {
      // Genuine, but of what? Without reference values nothing was accepted.
      verdict = Verdict.UNDECIDED;
    }
    return new Replayed(
        time,
        verdict,
        checks,
        result.report().insecure(),
        referenceDigest == null ? "" : referenceDigest.toString());
  }

  private Policy policy(ContentDigest digest) throws IOException {
    Json.Obj json = Json.parse(content(digest)).asObject("policy");
    Optional<Json> verification = json.get(VERIFICATION);
    return verification.isEmpty()
        ? Policy.fromJson(json)
        : Policy.fromJson(
            Json.parse(content(new ContentDigest(verification.get().asString(VERIFICATION)))));
  }

  private byte[] content(ContentDigest digest) throws IOException {
    return contents
        .get(digest)
        .orElseThrow(() -> new MissingContentException("the log does not keep " + digest));
  }

  private static Expectations withTime(Expectations e, Instant at) {
    return new Expectations(
        at,
        e.policy(),
        e.kind(),
        e.nonce(),
        e.reportData(),
        e.audience(),
        e.issuer(),
        e.feed(),
        e.activationDigest(),
        e.allowDevelopment(),
        e.waivers());
  }

  private static List<Check> notPassed(List<Check> checks) {
    return checks.stream()
        .filter(c -> c.outcome() == Outcome.FAILED || c.outcome() == Outcome.SKIPPED)
        .toList();
  }
}
