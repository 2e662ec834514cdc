// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.CachingSignatureEngine;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SignatureEngine;
import org.jspecify.annotations.Nullable;

/**
 * The front door: recognises the kind of evidence by its content, verifies it, and returns a result
 * whose type says what was proven. Safe for use by many threads.
 */
public final class Verifier {
  private static final int SIGNATURES_KEPT = 4096;

  private final SignatureEngine signatures;
  private final Endorsements endorsements;
  private final List<FormatVerifier> formats;

  /** Most callers have one policy. */
  private volatile @Nullable KnownPolicy lastPolicy;

  /**
   * A verifier of every supported kind. It remembers which signatures verified, since those of
   * certificates and collateral come back with every piece of evidence; keep it.
   */
  public static Verifier create(SignatureEngine signatures, Endorsements endorsements) {
    return new Verifier(
        new CachingSignatureEngine(signatures, SIGNATURES_KEPT), endorsements, Formats.all());
  }

  Verifier(SignatureEngine signatures, Endorsements endorsements, List<FormatVerifier> formats) {
    this.signatures = signatures;
    this.endorsements = endorsements;
    this.formats = List.copyOf(formats);
  }

  /**
   * Never throws for what the evidence or the endorsements contain: malformed evidence is {@link
   * Refused}.
   */
  public VerificationResult verify(Evidence evidence, Expectations expectations) {
    Findings findings = new Findings(expectations, policyDigest(expectations.policy()));
    for (Document document : evidence.documents()) {
      findings.digest("evidence:" + document.name(), document.digest());
    }
    Optional<FormatVerifier> format = format(evidence, expectations);
    if (format.isEmpty()) {
      findings.check(
          Rules.RECOGNISED,
          false,
          expectations.kind() == null ? "a supported kind" : expectations.kind(),
          "not recognised");
      return findings.conclude(expectations.kind() == null ? "unknown" : expectations.kind());
    }
    String kind = format.get().kind();
    try {
      format
          .get()
          .verify(
              evidence,
              new FormatVerifier.Context(expectations, endorsements, signatures, findings));
    } catch (MalformedEvidenceException e) {
      findings.malformed(kind + ".structure", e);
    }
    return findings.conclude(kind);
  }

  private String policyDigest(Policy policy) {
    KnownPolicy known = lastPolicy;
    if (known == null || !known.policy().equals(policy)) {
      known = new KnownPolicy(policy, policy.digest());
      lastPolicy = known;
    }
    return known.digest();
  }

  private record KnownPolicy(Policy policy, String digest) {}

  /** The kind of the evidence, or empty where no format knows it. */
  public Optional<String> recognise(Evidence evidence) {
    return formats.stream()
        .filter(f -> f.recognises(evidence))
        .findFirst()
        .map(FormatVerifier::kind);
  }

  private Optional<FormatVerifier> format(Evidence evidence, Expectations expectations) {
    if (expectations.kind() != null) {
      return formats.stream().filter(f -> f.kind().equals(expectations.kind())).findFirst();
    }
    return formats.stream().filter(f -> f.recognises(evidence)).findFirst();
  }
}
