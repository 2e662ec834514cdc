// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.ear;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.attestation.Bindings;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.attestation.FormatVerifier;
import org.cofferdam.core.attestation.Rule;
import org.cofferdam.core.attestation.Rules;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.bytes.Bytes;

/**
 * Another verifier's result: its signature by a key that the user trusts, its time, challenge and
 * status. The hardware is not looked at again.
 */
public final class EarVerifier implements FormatVerifier {
  private static final String USE = "ear";
  private static final Duration SKEW = Duration.ofMinutes(1);
  private static final Rule KEY =
      Rule.proof(
          "ear.key",
          "Anybody can write a result; only a verifier's key that you chose counts.",
          "Add the verifier's key with --trust-anchor.");
  private static final Rule SIGNATURE =
      Rule.proof(
          "ear.signature",
          "A result that no trusted verifier signed says nothing.",
          "Take the token as the verifier gave it, and add that verifier's key.");
  private static final Rule LIFETIME =
      Rule.proof(
          "ear.lifetime",
          "A result tells of the moment when it was made.",
          "Have the evidence appraised again.");
  private static final Rule EXPIRES =
      Rule.hardening(
          "ear.expires-given",
          "A result without an end is good for ever.",
          "Use a verifier whose results end.");
  private static final Rule STATUS =
      Rule.policy(
          "ear.status",
          "Only affirming says that everything was as it should be.",
          "Look into the result for what was found, and mend that.");

  /** Keys of verifiers come from the anchors of each verification. */
  public EarVerifier() {}

  @Override
  public String kind() {
    return "ear";
  }

  @Override
  public boolean recognises(Evidence evidence) {
    return evidence.find(EarToken::looksLike).isPresent();
  }

  @Override
  public void verify(Evidence evidence, Context context) {
    EarToken token =
        EarToken.parse(evidence.find(EarToken::looksLike).orElse(evidence.first()).content());
    Findings findings = context.findings();
    List<TrustAnchor> anchors = context.endorsements().anchors().forUse(USE);
    if (anchors.isEmpty()) {
      findings.missing(KEY, "the key of a verifier that is trusted");
    } else {
      Optional<TrustAnchor> signer =
          anchors.stream()
              .filter(
                  a ->
                      context
                          .signatures()
                          .verify(
                              token.algorithm(),
                              a.subjectPublicKeyInfo(),
                              token.signed().toArray(),
                              token.signature().toArray()))
              .findFirst();
      findings.check(
          SIGNATURE,
          signer.isPresent(),
          "a signature of a trusted verifier",
          signer.map(TrustAnchor::id).orElse("none verifies"));
      signer.ifPresent(findings::anchored);
    }
    Instant at = context.expectations().at();
    findings.check(
        LIFETIME,
        !at.plus(SKEW).isBefore(token.issued()) && token.expires().map(at::isBefore).orElse(true),
        at.toString(),
        token.issued() + " to " + token.expires().map(Instant::toString).orElse("no end"));
    findings.check(
        EXPIRES,
        token.expires().isPresent(),
        "an end",
        token.expires().map(Instant::toString).orElse("none"));
    nonce(token, context);
    findings.check(
        STATUS,
        token.statuses().values().stream().allMatch("affirming"::equals),
        "affirming",
        token.statuses().toString());
    findings.claim("ear", token.claims());
    findings.notChecked("ear.evidence: the other verifier looked at the evidence, not this one");
  }

  private static void nonce(EarToken token, Context context) {
    Bytes nonce = context.expectations().nonce();
    if (nonce == null) {
      Bindings.noChallenge(context);
      return;
    }
    context
        .findings()
        .check(
            Rules.NONCE,
            nonce.length() > 0 && token.nonces().contains(nonce.hex()),
            nonce.hex(),
            String.join(", ", token.nonces()));
  }
}
