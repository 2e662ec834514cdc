// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cofferdam.core.attestation.Appraisal;
import org.cofferdam.core.attestation.AppraisalStatus;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.attestation.DevelopmentAppraisal;
import org.cofferdam.core.attestation.GenuineAppraisal;
import org.cofferdam.core.attestation.Outcome;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * The built-in release policy: a guest gets what its workload was granted, where the appraisal
 * holds and was made under the verification policy that this policy names.
 */
public final class TypedReleasePolicy implements ReleasePolicy {
  private static final int FORM = 1;

  private final String name;
  private final String version;
  private final String verification;
  private final boolean development;
  private final Map<String, List<ResourcePattern>> grants;
  private final Bytes text;

  /**
   * @param verification SHA-256 of the verification policy (its canonical JSON) that the evidence
   *     must have been accepted under, lower-case hex
   * @param development true to release to development TEEs too
   * @param grants resources by workload, {@code namespace/name}
   */
  public TypedReleasePolicy(
      String name,
      String version,
      String verification,
      boolean development,
      Map<String, List<ResourcePattern>> grants) {
    this.name = name;
    this.version = version;
    this.verification = verification;
    this.development = development;
    this.grants = new TreeMap<>();
    grants.forEach((workload, patterns) -> this.grants.put(workload, List.copyOf(patterns)));
    this.text = Bytes.of(toJson().canonical());
  }

  /**
   * @throws MalformedEvidenceException on any other form than {@link #toJson} writes
   */
  public static TypedReleasePolicy fromJson(Json json) {
    Json.Obj o = json.asObject("release policy");
    o.only("form", "name", "version", "verification", "development", "grants");
    if (o.integer("form") != FORM) {
      throw new MalformedEvidenceException("release policy", "form", -1, "is not " + FORM);
    }
    Map<String, List<ResourcePattern>> grants = new TreeMap<>();
    for (Entry<String, Json> grant : o.object("grants").members().entrySet()) {
      grants.put(
          grant.getKey(),
          grant.getValue().asArray(grant.getKey()).stream()
              .map(p -> new ResourcePattern(p.asString(grant.getKey())))
              .toList());
    }
    return new TypedReleasePolicy(
        o.string("name"),
        o.string("version"),
        o.string("verification"),
        o.require("development").asBoolean("development"),
        grants);
  }

  public Json.Obj toJson() {
    Json.Builder all = Json.object();
    grants.forEach(
        (workload, patterns) ->
            all.put(workload, Json.strings(patterns.stream().map(ResourcePattern::text).toList())));
    return Json.object()
        .put("form", FORM)
        .put("name", name)
        .put("version", version)
        .put("verification", verification)
        .put("development", development)
        .put("grants", all.build())
        .build();
  }

  @Override
  public PolicyIdentity identity() {
    return new PolicyIdentity(name, version, text.sha256().hex());
  }

  @Override
  public Bytes text() {
    return text;
  }

  @Override
  public ReleaseDecision decide(ReleaseQuestion question) {
    Appraisal appraisal = question.appraisal();
    List<Check> checks = new ArrayList<>();
    checks.add(holds(appraisal));
    checks.add(status(appraisal));
    checks.add(verifiedUnder(appraisal));
    checks.add(granted(appraisal.workload(), question.resource()));
    boolean allowed = checks.stream().allMatch(c -> c.outcome() == Outcome.PASSED);
    return allowed
        ? new ReleaseDecision.Allowed(question, identity(), checks)
        : new ReleaseDecision.Denied(question, identity(), checks);
  }

  private static Check holds(Appraisal appraisal) {
    String failed =
        appraisal.checks().stream()
            .filter(c -> c.outcome() == Outcome.FAILED)
            .map(Check::id)
            .collect(Collectors.joining(", "));
    return Check.of(
        "release.appraisal-holds",
        appraisal.holds(),
        "every reference value matches",
        appraisal.holds() ? "every reference value matches" : "not matched: " + failed,
        "A secret is for the workload that was approved, not for one beside it.",
        "Look at the checks of the appraisal.");
  }

  /** A development TEE never comes out better than a warning, so it needs its own word. */
  private Check status(Appraisal appraisal) {
    AppraisalStatus status = appraisal.status();
    boolean passes =
        switch (appraisal) {
          case GenuineAppraisal genuine -> status == AppraisalStatus.AFFIRMING;
          case DevelopmentAppraisal ignored -> development && status == AppraisalStatus.WARNING;
        };
    return Check.of(
        "release.status",
        passes,
        development ? "affirming, or a development TEE's warning" : "affirming, of a real TEE",
        status.wire() + (appraisal instanceof DevelopmentAppraisal ? " of a development TEE" : ""),
        "Anything less than an affirming result does not keep a secret.",
        "Use real hardware in an accepted state; for development, start the server for it.");
  }

  private Check verifiedUnder(Appraisal appraisal) {
    String under = appraisal.verified().report().digests().getOrDefault("policy", "");
    return Check.of(
        "release.verified-under",
        under.equals(verification),
        verification,
        under,
        "A weaker verification policy may accept what this one must not release to.",
        "Verify the evidence under the policy of this digest.");
  }

  private Check granted(String workload, String resource) {
    boolean granted =
        grants.getOrDefault(workload, List.of()).stream().anyMatch(p -> p.matches(resource));
    return Check.of(
        "release.granted",
        granted,
        "a grant of " + resource + " to " + workload,
        granted ? "granted" : "no grant",
        "Every secret is given to named workloads only.",
        "Grant the resource to the workload, if it should have it.");
  }
}
