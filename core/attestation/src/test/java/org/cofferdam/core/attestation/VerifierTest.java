// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.core.reference.ReferenceValue;
import org.junit.jupiter.api.Test;

/** What leads to which type of result, whatever the format. */
class VerifierTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final TrustAnchor REAL =
      new TrustAnchor("real", "x", Bytes.ofHex("01"), TrustAnchor.Origin.BUILT_IN);
  private static final TrustAnchor TEST =
      new TrustAnchor("test", "x", Bytes.ofHex("02"), TrustAnchor.Origin.DEVELOPMENT);
  private static final Rule PROOF = Rule.proof("x.proof", "w", "r");
  private static final Rule POLICY = Rule.policy("x.policy", "w", "r");
  private static final Rule HARDENING = Rule.hardening("x.hardening", "w", "r");

  @Test
  void anchoredEvidenceWithoutFailuresIsGenuine() {
    assertThat(genuine(f -> f.anchored(REAL))).isInstanceOf(GenuineEvidence.class);
  }

  @Test
  void evidenceThatReachesNoAnchorIsUndecided() {
    assertThat(genuine(f -> f.check(PROOF, true, "a", "a"))).isInstanceOf(Undecided.class);
  }

  @Test
  void failedProofRefusesEvenWithAWaiverAndAReportingPolicy() {
    Policy lax =
        new Policy(
            "lax",
            1,
            Policy.Treatment.REPORT,
            List.of(),
            java.util.Map.of("x.proof", Policy.Treatment.REPORT));
    Expectations waived =
        Expectations.at(NOW, lax)
            .withWaivers(List.of(new Waiver("x.proof", "o", "r", NOW.plusSeconds(1))));
    assertThat(verify(waived, f -> fail(f, PROOF))).isInstanceOf(Refused.class);
  }

  @Test
  void failedPolicyRuleRefuses() {
    assertThat(genuine(f -> fail(f, POLICY))).isInstanceOf(Refused.class);
  }

  @Test
  void waiverCoversAPolicyRuleUntilItEnds() {
    Expectations before =
        Expectations.at(NOW, Policy.release())
            .withWaivers(List.of(new Waiver("x.policy", "o", "r", NOW.plusSeconds(1))));
    Expectations after =
        Expectations.at(NOW, Policy.release())
            .withWaivers(List.of(new Waiver("x.policy", "o", "r", NOW)));
    assertThat(verify(before, f -> fail(f, POLICY)).report().insecure())
        .containsExactly("waived:x.policy");
    assertThat(verify(before, f -> fail(f, POLICY))).isInstanceOf(GenuineEvidence.class);
    assertThat(verify(after, f -> fail(f, POLICY))).isInstanceOf(Refused.class);
  }

  @Test
  void missingHardeningIsReportedByGenuineAndRefusedByRelease() {
    VerificationResult genuine = genuine(f -> fail(f, HARDENING));
    assertThat(genuine).isInstanceOf(GenuineEvidence.class);
    assertThat(genuine.report().insecure()).containsExactly("x.hardening");
    assertThat(verify(Expectations.at(NOW, Policy.release()), f -> fail(f, HARDENING)))
        .isInstanceOf(Refused.class);
  }

  @Test
  void missingEndorsementIsUndecidedAndNeverOutweighsAFailedProof() {
    assertThat(
            genuine(
                f -> {
                  f.anchored(REAL);
                  f.missing(PROOF, "collateral");
                }))
        .isInstanceOf(Undecided.class);
    assertThat(
            genuine(
                f -> {
                  f.missing(PROOF, "collateral");
                  fail(f, PROOF);
                }))
        .isInstanceOf(Refused.class);
  }

  @Test
  void developmentEvidenceIsRefusedUnlessAskedFor() {
    VerificationResult refused = genuine(f -> f.anchored(TEST));
    assertThat(refused).isInstanceOf(Refused.class);
    assertThat(refused.report().failedChecks())
        .extracting(Check::id)
        .containsExactly("development.allowed");
    Expectations allowed = Expectations.at(NOW, Policy.genuine()).withDevelopment(true);
    VerificationResult result =
        verify(
            allowed,
            f -> {
              f.anchored(REAL);
              f.anchored(TEST);
            });
    assertThat(result).isInstanceOf(DevelopmentEvidence.class);
    assertThat(result.report().insecure()).containsExactly("development:test");
  }

  @Test
  void malformedEvidenceIsRefused() {
    VerificationResult result =
        genuine(
            f -> {
              f.anchored(REAL);
              throw new MalformedEvidenceException("X", "y", 3, "is wrong");
            });
    assertThat(result).isInstanceOf(Refused.class);
    assertThat(result.report().failedChecks().getFirst().found())
        .isEqualTo("X: y at offset 3: is wrong");
  }

  @Test
  void unknownEvidenceIsRefused() {
    Verifier verifier =
        Verifier.create(
            new JcaSignatureEngine(), Endorsements.of(new TrustAnchors(List.of()), List.of()));
    VerificationResult result =
        verifier.verify(Evidence.of(new byte[] {1, 2, 3}), Expectations.at(NOW, Policy.genuine()));
    assertThat(result).isInstanceOf(Refused.class);
  }

  @Test
  void appraisalFollowsTheTypeOfTheEvidenceAndHoldsOnlyOnAMatch() {
    Verified verified =
        (Verified)
            genuine(
                f -> {
                  f.anchored(REAL);
                  f.claim("a", Json.of(1));
                });
    assertThat(appraise(verified, "/a", Json.of(1)).holds()).isTrue();
    assertThat(appraise(verified, "/a", Json.of(1))).isInstanceOf(GenuineAppraisal.class);
    assertThat(appraise(verified, "/a", Json.of(2)).holds()).isFalse();
    assertThat(appraise(verified, "/absent", Json.of(1)).holds()).isFalse();
    assertThat(appraise(verified, "/absent", Json.of(1)).status())
        .isEqualTo(AppraisalStatus.CONTRAINDICATED);
  }

  @Test
  void appraisalOfAnEmptySetDoesNotHold() {
    Verified verified = (Verified) genuine(f -> f.anchored(REAL));
    assertThat(
            new Appraiser(false)
                .appraise(verified, new ReferenceSet("a/b", List.of()), NOW)
                .holds())
        .isFalse();
  }

  private static Appraisal appraise(Verified verified, String claim, Json value) {
    ReferenceSet set =
        new ReferenceSet("a/b", List.of(ReferenceValue.predicted("id", claim, value, "d")));
    return new Appraiser(false).appraise(verified, set, NOW);
  }

  private static void fail(Findings findings, Rule rule) {
    findings.anchored(REAL);
    findings.check(rule, false, "a", "b");
  }

  private static VerificationResult genuine(Consumer<Findings> body) {
    return verify(Expectations.at(NOW, Policy.genuine()), body);
  }

  private static VerificationResult verify(Expectations expectations, Consumer<Findings> body) {
    FormatVerifier format =
        new FormatVerifier() {
          @Override
          public String kind() {
            return "x";
          }

          @Override
          public boolean recognises(Evidence evidence) {
            return true;
          }

          @Override
          public void verify(Evidence evidence, Context context) {
            body.accept(context.findings());
          }
        };
    return new Verifier(
            new JcaSignatureEngine(),
            Endorsements.of(new TrustAnchors(List.of()), List.of()),
            List.of(format))
        .verify(Evidence.of(new byte[] {1}), expectations);
  }
}
