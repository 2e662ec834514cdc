// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.simulate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.replay.VerifierInput;
import org.cofferdam.core.policy.ResourcePattern;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.core.reference.ReferenceValue;
import org.cofferdam.services.broker.attest.Attestor;
import org.cofferdam.services.broker.attest.RecordedHandshake;
import org.cofferdam.services.broker.attest.Verification;
import org.cofferdam.services.broker.release.ReleaseRules;
import org.cofferdam.services.broker.resource.ResourcePolicyStore;
import org.cofferdam.services.broker.resource.ResourceRules;
import org.cofferdam.services.broker.resource.ResourceStore;
import org.cofferdam.services.broker.workload.InitDataDocument;
import org.cofferdam.services.broker.workload.Workload;
import org.cofferdam.services.broker.workload.WorkloadStore;

/**
 * Would this workload get this secret, and why not? Asked with the evidence of a recorded
 * handshake, or with what a conversion predicts. The same rules decide as for real; nothing is
 * handed out, counted or recorded. Whether a challenge is fresh cannot be asked here.
 */
public final class Simulator {
  private static final String WHY = "The same rules decide as for a guest that really asks.";

  private final WorkloadStore workloads;
  private final ResourceStore resources;
  private final ResourceRules limits;
  private final ResourcePolicyStore policies;
  private final Verification verification;
  private final Attestor attestor;
  private final ReleaseRules rules;
  private final InstantSource clock;

  public Simulator(
      WorkloadStore workloads,
      ResourceStore resources,
      ResourceRules limits,
      ResourcePolicyStore policies,
      Verification verification,
      Attestor attestor,
      ReleaseRules rules,
      InstantSource clock) {
    this.workloads = workloads;
    this.resources = resources;
    this.limits = limits;
    this.policies = policies;
    this.verification = verification;
    this.attestor = attestor;
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * Reads {@code {"secret", "evidence"}} or {@code {"secret", "references", "initdata"}}, where the
   * evidence is a document that the log keeps.
   *
   * @return {@code {"released", "reasons", "notChecked"}}
   * @throws MalformedEvidenceException where it has another form
   */
  public Json simulate(byte[] body) throws IOException {
    Json.Obj o = Json.parse(body).asObject("question");
    o.only("secret", "evidence", "references", "initdata");
    String secret = o.string("secret");
    if (!ResourcePattern.isPath(secret)) {
      throw new MalformedEvidenceException("question", "secret", -1, "is not three segments");
    }
    return o.get("evidence").isPresent()
        ? recorded(secret, o.require("evidence").canonical())
        : predicted(
            secret,
            ReferenceSet.fromJson(o.require("references")),
            Bytes.of(o.string("initdata").getBytes(StandardCharsets.UTF_8)));
  }

  private Json recorded(String secret, byte[] document) throws IOException {
    RecordedHandshake handshake = RecordedHandshake.decode(document, attestor.settings().policy());
    Optional<Bytes> initData = handshake.initData();
    Optional<Workload> found = initData.isEmpty() ? Optional.empty() : workload(initData.get());
    if (found.isEmpty()) {
      return answer(List.of(unregistered()), List.of());
    }
    Workload workload = found.get();
    VerifierInput input = handshake.input();
    Expectations now =
        input
            .expectations()
            .withDevelopment(attestor.settings().development())
            .withWaivers(workload.waivers());
    Verification.Judged judged =
        verification.judge(
            new VerifierInput(
                now, attestor.settings().anchors(), input.evidence(), input.context()),
            workload);
    if (!judged.passed()) {
      return answer(judged.failed(), List.of());
    }
    var appraisal = judged.appraisal().orElseThrow();
    Instant at = clock.instant();
    List<Check> failed =
        new ArrayList<>(
            rules
                .decide(
                    appraisal,
                    workload,
                    attestor.result(handshake, appraisal, now.at()),
                    secret,
                    at)
                .failed());
    failed.addAll(store(secret, at));
    return answer(failed, List.of());
  }

  private Optional<Workload> workload(Bytes initData) throws IOException {
    Optional<Workload> exact = workloads.byInitData(initData.sha256());
    if (exact.isPresent()) {
      return exact;
    }
    try {
      return workloads.byName(InitDataDocument.parse(initData).workload());
    } catch (MalformedEvidenceException e) {
      return Optional.empty();
    }
  }

  /** What a conversion would measure, against what is registered. */
  private Json predicted(String secret, ReferenceSet predicted, Bytes initData) throws IOException {
    Optional<Workload> found = workload(initData);
    if (found.isEmpty()) {
      return answer(List.of(unregistered()), List.of());
    }
    Map<String, ReferenceValue> byClaim =
        predicted.values().stream()
            .collect(Collectors.toMap(ReferenceValue::claim, v -> v, (first, again) -> again));
    List<Check> failed = new ArrayList<>();
    for (ReferenceValue registered : found.get().references().values()) {
      ReferenceValue own = byClaim.get(registered.claim());
      if (own == null || !own.match().toJson().equals(registered.match().toJson())) {
        failed.add(
            Check.of(
                registered.id(),
                false,
                registered.match().toJson().write(),
                own == null ? "" : own.match().toJson().write(),
                WHY,
                "Register this conversion's references, or convert again."));
      }
    }
    if (found.get().secrets().stream().noneMatch(p -> p.matches(secret))) {
      failed.add(
          Check.of(
              "release.granted",
              false,
              "a secret that the workload was granted",
              secret,
              WHY,
              "Grant it when the workload is registered."));
    }
    failed.addAll(store(secret, clock.instant()));
    List<String> open = new ArrayList<>(List.of("evidence: a conversion has none"));
    if (policies.current().isPresent()) {
      open.add("release.resource-policy: it looks at an attestation result");
    }
    return answer(failed, open);
  }

  private List<Check> store(String secret, Instant at) throws IOException {
    List<Check> failed = new ArrayList<>();
    if (!resources.exists(secret)) {
      failed.add(
          Check.of(
              "release.resource-exists",
              false,
              "a resource of this name",
              "none",
              "There is nothing to hand out.",
              "Write the resource, or correct its name."));
    }
    limits.broken(secret, at).ifPresent(failed::add);
    return failed;
  }

  private static Check unregistered() {
    return Check.of(
        "workload.registered",
        false,
        "a registered workload",
        "none by this init-data",
        "Without reference values there is nothing to compare the evidence with.",
        "Register the workload.");
  }

  private static Json answer(List<Check> failed, List<String> notChecked) {
    return Json.object()
        .put("released", failed.isEmpty())
        .put("reasons", Json.array(failed.stream().map(Check::toJson).toList()))
        .put("notChecked", Json.strings(notChecked))
        .build();
  }
}
