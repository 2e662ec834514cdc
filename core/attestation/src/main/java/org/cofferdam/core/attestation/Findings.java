// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Where a format verifier writes down what it finds. It cannot accept: {@link Verifier} does, and
 * only where a proof led to an anchor and nothing failed or was missing.
 */
public final class Findings {
  private final Expectations expectations;
  private final String policyDigest;
  private final List<Check> checks = new ArrayList<>();
  private final Set<String> notChecked = new LinkedHashSet<>();
  private final Set<String> insecure = new LinkedHashSet<>();
  private final Map<String, String> digests = new LinkedHashMap<>();
  private final Map<String, Json> claims = new LinkedHashMap<>();
  private final Set<TrustAnchor> anchors = new LinkedHashSet<>();
  private @Nullable Tcb tcb;
  private boolean proofFailed;
  private boolean policyFailed;
  private boolean incomplete;

  /**
   * @param policyDigest of the policy in {@code expectations}
   */
  Findings(Expectations expectations, String policyDigest) {
    this.expectations = expectations;
    this.policyDigest = policyDigest;
  }

  /**
   * Notes how a rule came out, and returns {@code holds}.
   *
   * @param expected what the rule demands, as text
   * @param found what the evidence says
   */
  public boolean check(Rule rule, boolean holds, String expected, String found) {
    if (holds) {
      add(rule, Outcome.PASSED, expected, found);
    } else if (expectations.policy().treatment(rule) == Policy.Treatment.REPORT) {
      insecure.add(rule.id());
    } else if (rule.weight() != Rule.Weight.PROOF && waived(rule)) {
      add(rule, Outcome.WAIVED, expected, found);
      insecure.add("waived:" + rule.id());
    } else {
      add(rule, Outcome.FAILED, expected, found);
      proofFailed |= rule.weight() == Rule.Weight.PROOF;
      policyFailed = true;
    }
    return holds;
  }

  /** A rule that could not be looked at; without it the evidence cannot be accepted. */
  public void missing(Rule rule, String needed) {
    add(rule, Outcome.SKIPPED, needed, "");
    incomplete = true;
  }

  /**
   * A rule that could not be looked at and need not be, unless the policy refuses its absence: then
   * it fails.
   */
  public void notSupplied(Rule rule, String needed) {
    notChecked.add(rule.id() + ": " + needed + " not supplied");
    check(rule, false, needed, "not supplied");
  }

  /** The evidence does not have its format's form. */
  public void malformed(String id, MalformedEvidenceException problem) {
    check(
        Rule.proof(
            id,
            "Only evidence of exactly its format's form has one meaning.",
            "Send the bytes as the hardware gave them."),
        false,
        "well-formed " + problem.format(),
        String.valueOf(problem.getMessage()));
  }

  public void notChecked(String what) {
    notChecked.add(what);
  }

  public void insecure(String mark) {
    insecure.add(mark);
  }

  /** Puts a top-level member of the claims; a later one of the same name replaces it. */
  public void claim(String name, Json value) {
    claims.put(name, value);
  }

  /** SHA-256 of something the verdict rests on. */
  public void digest(String name, String sha256) {
    digests.put(name, sha256);
  }

  public void tcb(Tcb tcb) {
    this.tcb = tcb;
  }

  /** A chain of valid signatures led from the evidence to this anchor. */
  public void anchored(TrustAnchor anchor) {
    anchors.add(anchor);
  }

  /** True where a rule of the proof failed so far. */
  public boolean proofFailed() {
    return proofFailed;
  }

  private void add(Rule rule, Outcome outcome, String expected, String found) {
    checks.add(new Check(rule.id(), outcome, expected, found, rule.why(), rule.remedy()));
  }

  private boolean waived(Rule rule) {
    return expectations.waivers().stream().anyMatch(w -> w.covers(rule.id(), expectations.at()));
  }

  private static String mark(TrustAnchor anchor) {
    return switch (anchor.origin()) {
      case DEVELOPMENT -> "development:" + anchor.id();
      case UNENDORSED -> "unendorsed:" + anchor.id();
      case SUPPLIED, BUILT_IN -> "trust-anchor:" + anchor.id();
    };
  }

  VerificationResult conclude(String kind) {
    boolean development =
        anchors.stream().anyMatch(a -> a.origin() == TrustAnchor.Origin.DEVELOPMENT);
    boolean unendorsed =
        anchors.stream().anyMatch(a -> a.origin() == TrustAnchor.Origin.UNENDORSED);
    for (TrustAnchor anchor : anchors) {
      if (anchor.origin() != TrustAnchor.Origin.BUILT_IN) {
        insecure.add(mark(anchor));
      }
      digests.put("trust-anchor:" + anchor.id(), anchor.fingerprint());
    }
    if (development) {
      check(
          Rules.DEVELOPMENT,
          expectations.allowDevelopment(),
          "a TEE of a real vendor",
          "a development TEE");
    }
    if (anchors.isEmpty() && !proofFailed) {
      missing(Rules.ANCHORED, "a chain of signatures to a trust anchor");
    }
    Verdict verdict =
        proofFailed
            ? Verdict.REFUSED
            : incomplete ? Verdict.UNDECIDED : policyFailed ? Verdict.REFUSED : Verdict.ACCEPTED;
    digests.put("policy", policyDigest);
    Report report =
        new Report(
            kind,
            verdict,
            tcb,
            new Json.Obj(claims),
            checks,
            List.copyOf(notChecked),
            List.copyOf(insecure),
            digests);
    return switch (verdict) {
      case REFUSED -> new Refused(report);
      case UNDECIDED -> new Undecided(report);
      case ACCEPTED ->
          development || unendorsed ? new DevelopmentEvidence(report) : new GenuineEvidence(report);
    };
  }
}
