// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.json.JsonPointer;
import org.cofferdam.core.reference.Match;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.core.reference.ReferenceValue;

/**
 * Compares what evidence says with what it should say (RFC 9334 §8.5). A claim that is absent has
 * failed; a set without a value in force holds for nothing.
 */
public final class Appraiser {
  private static final String WHY = "The workload is another than the one approved.";

  private final boolean acceptLearned;

  /**
   * @param acceptLearned true to accept values that were read from a running guest, instead of
   *     predicted or supplied
   */
  public Appraiser(boolean acceptLearned) {
    this.acceptLearned = acceptLearned;
  }

  /** Appraises evidence of either type; the result's type follows it. */
  public Appraisal appraise(Verified verified, ReferenceSet references, Instant at) {
    Comparison comparison = compare(verified.report().claims(), references, at);
    return switch (verified) {
      case GenuineEvidence genuine -> new GenuineAppraisal(genuine, comparison);
      case DevelopmentEvidence development -> new DevelopmentAppraisal(development, comparison);
    };
  }

  /**
   * The comparison alone, for a report about claims that were not proven, for example of refused
   * evidence: it tells what moved, and leads to no trust.
   */
  public List<Check> compareOnly(Report report, ReferenceSet references, Instant at) {
    return compare(report.claims(), references, at).checks();
  }

  private Comparison compare(Json.Obj claims, ReferenceSet references, Instant at) {
    List<Check> checks = new ArrayList<>();
    AppraisalStatus configuration = AppraisalStatus.NONE;
    AppraisalStatus executables = AppraisalStatus.NONE;
    for (ReferenceValue value : references.values()) {
      Check check = compare(claims, value, at);
      checks.add(check);
      if (check.outcome() == Outcome.SKIPPED) {
        continue;
      }
      AppraisalStatus status =
          check.outcome() == Outcome.PASSED
              ? AppraisalStatus.AFFIRMING
              : AppraisalStatus.CONTRAINDICATED;
      if (isExecutable(value)) {
        executables = executables.worse(status);
      } else {
        configuration = configuration.worse(status);
      }
    }
    return new Comparison(
        references.workload(), references.digest(), checks, configuration, executables);
  }

  private Check compare(Json.Obj claims, ReferenceValue value, Instant at) {
    Optional<Json> claim = JsonPointer.find(claims, value.claim());
    String found = claim.map(Json::write).orElse("");
    if (value.state() != ReferenceValue.State.ACTIVE) {
      return new Check(
          value.id(), Outcome.SKIPPED, describe(value.match()), found, WHY, "Activate the value.");
    }
    String lapsed = lapsed(value, at);
    if (!lapsed.isEmpty()) {
      return Check.of(value.id(), false, lapsed, found, WHY, "Renew the reference value.");
    }
    boolean holds = claim.isPresent() && matches(value.match(), claim.get());
    return Check.of(
        value.id(), holds, describe(value.match()), found, WHY, "Look at: " + value.detail() + ".");
  }

  private String lapsed(ReferenceValue value, Instant at) {
    if (value.origin() == ReferenceValue.Origin.LEARNED && !acceptLearned) {
      return "a value that was predicted or supplied, not learned";
    }
    Instant notBefore = value.notBefore();
    Instant notAfter = value.notAfter();
    if (notBefore != null && at.isBefore(notBefore)) {
      return "a reference value that is valid already, not from " + notBefore;
    }
    if (notAfter != null && at.isAfter(notAfter)) {
      return "a reference value that is still valid, not until " + notAfter;
    }
    return "";
  }

  private static boolean matches(Match match, Json claim) {
    return switch (match) {
      case Match.Exact m -> same(m.value(), claim);
      case Match.AnyOf m -> m.values().stream().anyMatch(v -> same(v, claim));
      case Match.Floor m ->
          integer(claim).filter(n -> n.compareTo(BigInteger.valueOf(m.least())) >= 0).isPresent();
      case Match.Range m ->
          integer(claim)
              .filter(n -> n.compareTo(BigInteger.valueOf(m.least())) >= 0)
              .filter(n -> n.compareTo(BigInteger.valueOf(m.most())) <= 0)
              .isPresent();
    };
  }

  private static boolean same(Json a, Json b) {
    return Arrays.equals(a.canonical(), b.canonical());
  }

  private static Optional<BigInteger> integer(Json claim) {
    if (!(claim instanceof Json.Num n) || !n.text().matches("-?[0-9]{1,40}")) {
      return Optional.empty();
    }
    return Optional.of(new BigDecimal(n.text()).toBigIntegerExact());
  }

  private static String describe(Match match) {
    return switch (match) {
      case Match.Exact m -> m.value().write();
      case Match.AnyOf m -> "one of " + Json.array(m.values()).write();
      case Match.Floor m -> "at least " + m.least();
      case Match.Range m -> m.least() + " to " + m.most();
    };
  }

  /** Code counts as executables, everything else as configuration (AR4SI §2.3.4). */
  private static boolean isExecutable(ReferenceValue value) {
    String claim = value.claim();
    return claim.endsWith("/image")
        || claim.startsWith("/pod/images")
        || claim.matches("/tpm/pcrs/[a-z0-9]+/(0|2|4|9|11)")
        || claim.matches(".*/(mrenclave|mrtd|measurement|rtmr[0-9]|rim)");
  }

  /** What came of the comparison. */
  record Comparison(
      String workload,
      String referenceDigest,
      List<Check> checks,
      AppraisalStatus configuration,
      AppraisalStatus executables) {
    Comparison {
      checks = List.copyOf(checks);
    }

    TrustVector vector(AppraisalStatus hardware) {
      return new TrustVector(hardware, configuration, executables, hardware);
    }

    boolean holds() {
      return checks.stream().noneMatch(c -> c.outcome() == Outcome.FAILED)
          && checks.stream().anyMatch(c -> c.outcome() == Outcome.PASSED);
    }
  }
}
