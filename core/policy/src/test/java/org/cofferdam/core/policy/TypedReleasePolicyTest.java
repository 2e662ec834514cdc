// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.attestation.Appraisal;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.attestation.Outcome;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.TrustAnchor.Origin;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of the built-in policy, broken alone. */
class TypedReleasePolicyTest {
  private static final String SECRET = "default/orders-db/password";

  @Test
  void aRealTeeThatIsTheWorkloadGetsWhatWasGranted() {
    ReleaseDecision decision = policy(false).decide(question(genuine("serve"), SECRET));
    assertThat(decision).isInstanceOf(ReleaseDecision.Allowed.class);
    assertThat(decision.checks())
        .extracting(Check::found)
        .containsExactly(
            "every reference value matches", "affirming", Policy.release().digest(), "granted");
    assertThat(decision.checks().get(1).expected()).isEqualTo("affirming, of a real TEE");
  }

  @Test
  void whatWasNotGrantedIsDenied() {
    denied(
        policy(false).decide(question(genuine("serve"), "default/other/password")),
        "release.granted");
  }

  @Test
  void aWorkloadWithoutAGrantGetsNothing() {
    TypedReleasePolicy empty =
        new TypedReleasePolicy("p", "1", Policy.release().digest(), false, Map.of());
    denied(empty.decide(question(genuine("serve"), SECRET)), "release.granted");
  }

  @Test
  void anotherCommandIsDenied() {
    ReleaseDecision decision = policy(false).decide(question(genuine("steal"), SECRET));
    assertThat(decision).isInstanceOf(ReleaseDecision.Denied.class);
    // The vector follows the reference values, so the status fails with them.
    assertThat(failed(decision)).containsExactly("release.appraisal-holds", "release.status");
    assertThat(decision.checks().getFirst().found()).isEqualTo("not matched: pod.main.args");
  }

  @Test
  void evidenceVerifiedUnderAWeakerPolicyIsDenied() {
    Appraisal weaker = Appraisals.of(Origin.SUPPLIED, Policy.genuine(), "serve");
    denied(policy(false).decide(question(weaker, SECRET)), "release.verified-under");
  }

  @Test
  void aDevelopmentTeeIsDeniedUnlessThePolicyNamesIt() {
    Appraisal development = Appraisals.of(Origin.DEVELOPMENT, Policy.release(), "serve");
    denied(policy(false).decide(question(development, SECRET)), "release.status");
    assertThat(policy(true).decide(question(development, SECRET)))
        .isInstanceOf(ReleaseDecision.Allowed.class);
  }

  @Test
  void thePolicyReadsBackToTheSameDigest() {
    TypedReleasePolicy policy = policy(true);
    TypedReleasePolicy again = TypedReleasePolicy.fromJson(Json.parse(policy.text().toArray()));
    assertThat(again.identity()).isEqualTo(policy.identity());
    assertThat(policy(false).identity().digest()).isNotEqualTo(policy.identity().digest());
    assertThat(again.decide(question(genuine("serve"), SECRET)))
        .isInstanceOf(ReleaseDecision.Allowed.class);
  }

  @Test
  void whatWasGrantedIsPartOfTheDigest() {
    TypedReleasePolicy other =
        new TypedReleasePolicy(
            "release",
            "1",
            Policy.release().digest(),
            false,
            Map.of(Appraisals.WORKLOAD, List.of(new ResourcePattern("default/*/password"))));
    assertThat(other.identity().digest()).isNotEqualTo(policy(false).identity().digest());
  }

  @Test
  void aRealTeeWithLessThanAnAffirmingResultIsDenied() {
    ReleaseDecision decision = policy(true).decide(question(genuine("steal"), SECRET));
    Check status =
        decision.checks().stream().filter(c -> c.id().equals("release.status")).findFirst().get();
    assertThat(status.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(status.found()).doesNotContain("development");
    Check development =
        policy(false)
            .decide(question(Appraisals.of(Origin.DEVELOPMENT, Policy.release(), "serve"), SECRET))
            .checks()
            .get(1);
    assertThat(status.expected()).isEqualTo("affirming, or a development TEE's warning");
    assertThat(development.found()).endsWith(" of a development TEE");
  }

  @Test
  void bothPoliciesMustAllow() {
    String text =
        """
        package policy
        import rego.v1
        default allow := false
        allow if {
          data.plugin == "resource"
          data["resource-path"] == ["default", "orders-db", "password"]
          data.query == {}
          input.affirmed
          time.now_ns() == 1793491200000000000
        }
        """;
    RegoPolicy rego = RegoPolicy.compile(7, text);
    assertThat(rego.version()).isEqualTo(7);
    assertThat(rego.text()).isEqualTo(text);
    assertThat(rego.digest())
        .isEqualTo(Bytes.of(text.getBytes(StandardCharsets.UTF_8)).sha256().hex());
    RegoReleasePolicy both = new RegoReleasePolicy(policy(false), rego);
    Json.Obj affirmed = Json.object().put("affirmed", true).build();
    ReleaseDecision allowed =
        both.decide(new ReleaseQuestion(genuine("serve"), SECRET, affirmed, Appraisals.NOW));
    assertThat(allowed).isInstanceOf(ReleaseDecision.Allowed.class);
    assertThat(allowed.checks().getLast().found()).isEqualTo("true");
    assertThat(failed(both.decide(question(genuine("serve"), SECRET))))
        .containsExactly("release.resource-policy");
    // What the built-in policy denies is not asked of the other one.
    ReleaseDecision denied =
        both.decide(new ReleaseQuestion(genuine("steal"), SECRET, affirmed, Appraisals.NOW));
    assertThat(failed(denied)).containsExactly("release.appraisal-holds", "release.status");
    assertThat(denied.checks()).hasSize(4);
  }

  @Test
  void theIdentityOfBothCoversBothTexts() {
    RegoPolicy yes = RegoPolicy.compile(7, "package policy\nimport rego.v1\nallow := true\n");
    RegoPolicy no = RegoPolicy.compile(7, "package policy\nimport rego.v1\nallow := false\n");
    RegoReleasePolicy both = new RegoReleasePolicy(policy(false), yes);
    assertThat(both.identity().name()).isEqualTo("release+rego");
    assertThat(both.identity().version()).isEqualTo("7");
    assertThat(both.identity().digest()).isEqualTo(both.text().sha256().hex());
    assertThat(both.identity())
        .isNotEqualTo(new RegoReleasePolicy(policy(true), yes).identity())
        .isNotEqualTo(new RegoReleasePolicy(policy(false), no).identity());
    assertThat(both.decide(question(genuine("serve"), SECRET)).policy()).isEqualTo(both.identity());
  }

  @Test
  void aPolicyInRegoThatSaysNothingIsADenial() {
    RegoPolicy silent =
        RegoPolicy.compile(1, "package policy\nimport rego.v1\nallow if input.no_such\n");
    ReleaseDecision decision =
        new RegoReleasePolicy(policy(false), silent).decide(question(genuine("serve"), SECRET));
    assertThat(failed(decision)).containsExactly("release.resource-policy");
    assertThat(decision.checks().getLast().found()).isEqualTo("undefined");
  }

  @ParameterizedTest
  @ValueSource(strings = {"package policy\nallow if", "package policy\nimport rego.v1\nx := 1\n"})
  void whatIsNoResourcePolicyIsRefused(String text) {
    assertThatThrownBy(() -> RegoPolicy.compile(1, text))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining("resource policy");
  }

  @Test
  void aPathHasAtMost512Characters() {
    String longest = "a/b/" + "c".repeat(508);
    assertThat(ResourcePattern.isPath(longest)).isTrue();
    assertThat(new ResourcePattern(longest).matches(longest)).isTrue();
    assertThat(ResourcePattern.isPath(longest + "c")).isFalse();
    assertThatThrownBy(() -> new ResourcePattern(longest + "c"))
        .isInstanceOf(MalformedEvidenceException.class);
  }

  @Test
  void rewritingThePolicyWithAnUnknownMemberIsRefused() {
    Json.Builder more = Json.object();
    policy(true).toJson().members().forEach(more::put);
    Json json = more.put("unless", true).build();
    assertThatThrownBy(() -> TypedReleasePolicy.fromJson(json))
        .isInstanceOf(MalformedEvidenceException.class);
  }

  @Test
  void aPolicyInRegoThatDoesNotFinishIsADenial() {
    RegoPolicy endless =
        RegoPolicy.compile(
            1,
            """
            package policy
            import rego.v1
            allow if count([x | some a in numbers.range(1, 100000); some b in numbers.range(1, 100000); x := a * b]) > 0
            """);
    ReleaseDecision decision =
        new RegoReleasePolicy(policy(false), endless).decide(question(genuine("serve"), SECRET));
    assertThat(failed(decision)).containsExactly("release.resource-policy");
    assertThat(decision.checks().getLast().found()).startsWith("failed");
  }

  @Test
  void aPolicyInRegoMustSayTrue() {
    for (String answer : List.of("false", "\"true\"", "1", "{}")) {
      RegoPolicy policy =
          RegoPolicy.compile(1, "package policy\nimport rego.v1\nallow := " + answer + "\n");
      ReleaseDecision decision =
          new RegoReleasePolicy(policy(false), policy).decide(question(genuine("serve"), SECRET));
      assertThat(failed(decision)).as(answer).containsExactly("release.resource-policy");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "a/b", "a/b/c/d", "/b/c", "a//c", "a/b/", "../b/c", "a/b/.c", "a/b/c d"})
  void whatIsNotThreePlainSegmentsIsNoPath(String path) {
    assertThat(ResourcePattern.isPath(path)).isFalse();
    assertThatThrownBy(() -> new ResourcePattern(path))
        .isInstanceOf(MalformedEvidenceException.class);
  }

  @Test
  void aStarStandsForOneSegment() {
    ResourcePattern pattern = new ResourcePattern("default/*/password");
    assertThat(pattern.matches("default/orders-db/password")).isTrue();
    assertThat(pattern.matches("default/a/b/password")).isFalse();
    assertThat(pattern.matches("other/a/password")).isFalse();
    assertThat(pattern.matches("default/*/password")).isFalse();
    assertThat(ResourcePattern.isPath("default/*/password")).isFalse();
  }

  private static Appraisal genuine(String expectedArgs) {
    return Appraisals.of(Origin.SUPPLIED, Policy.release(), expectedArgs);
  }

  private static TypedReleasePolicy policy(boolean development) {
    return new TypedReleasePolicy(
        "release",
        "1",
        Policy.release().digest(),
        development,
        Map.of(Appraisals.WORKLOAD, List.of(new ResourcePattern(SECRET))));
  }

  private static ReleaseQuestion question(Appraisal appraisal, String resource) {
    return new ReleaseQuestion(appraisal, resource, Json.object().build(), Appraisals.NOW);
  }

  private static void denied(ReleaseDecision decision, String check) {
    assertThat(decision).isInstanceOf(ReleaseDecision.Denied.class);
    assertThat(failed(decision)).containsExactly(check);
  }

  private static List<String> failed(ReleaseDecision decision) {
    return decision.checks().stream()
        .filter(c -> c.outcome() == Outcome.FAILED)
        .map(Check::id)
        .toList();
  }
}
