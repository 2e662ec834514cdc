// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.ContentDigest;
import org.cofferdam.core.ledger.Decision;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.ledger.Receipt;
import org.cofferdam.core.policy.RegoPolicy;
import org.cofferdam.core.policy.ResourcePattern;
import org.cofferdam.services.broker.decision.DecisionLog;
import org.cofferdam.services.broker.decision.DecisionStore;
import org.cofferdam.services.broker.resource.ResourcePolicyStore;
import org.cofferdam.services.broker.resource.ResourceStore;
import org.cofferdam.services.broker.session.AttestedGuests;
import org.cofferdam.services.broker.store.Revisions;
import org.cofferdam.services.broker.workload.Workload;
import org.cofferdam.services.broker.workload.WorkloadName;
import org.cofferdam.services.broker.workload.WorkloadStore;

/**
 * What an administrator can do, once known to be one. Every change is on record with who made it;
 * no call gives a secret back.
 */
public final class AdminService {
  /** For changes that concern no single workload. */
  private static final String ALL = "all/all";

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private final WorkloadStore workloads;
  private final ResourceStore resources;
  private final ResourcePolicyStore policies;
  private final DecisionLog decisions;
  private final DecisionStore answers;
  private final AttestedGuests guests;
  private final Revisions revisions;
  private final InstantSource clock;

  public AdminService(
      WorkloadStore workloads,
      ResourceStore resources,
      ResourcePolicyStore policies,
      DecisionLog decisions,
      DecisionStore answers,
      AttestedGuests guests,
      Revisions revisions,
      InstantSource clock) {
    this.workloads = workloads;
    this.resources = resources;
    this.policies = policies;
    this.decisions = decisions;
    this.answers = answers;
    this.guests = guests;
    this.revisions = revisions;
    this.clock = clock;
  }

  /**
   * Registers a workload or changes it. Tokens of its guests end: they were appraised against what
   * was before.
   *
   * @throws MalformedEvidenceException where name or body have not their form
   */
  public Json putWorkload(String actor, String name, byte[] body) throws IOException {
    requireName(name);
    Workload workload = Workload.fromJson(name, Json.parse(body));
    Instant at = clock.instant();
    byte[] references = workload.canonicalReferences();
    LedgerRecord record =
        LedgerRecord.builder(at, Decision.CHANGED, name)
            .references(ContentDigest.of(references))
            .actor(actor + " put the workload")
            .build();
    Receipt receipt =
        decisions.record(
            record,
            List.of(references),
            List.of(),
            transaction -> {
              workloads.put(transaction.connection(), workload, at);
              revisions.raise(transaction.connection());
            });
    revisions.refresh();
    guests.revoke(name);
    return Json.object()
        .put("workload", name)
        .put("references", workload.references().digest())
        .put("record", record(receipt))
        .build();
  }

  /** The names of all workloads. */
  public Json workloads() throws IOException {
    return Json.object().put("workloads", Json.strings(workloads.names())).build();
  }

  /**
   * Decisions on a workload, see {@link DecisionStore#after}.
   *
   * @throws MalformedEvidenceException where the name has not its form
   */
  public Json decisions(String name, long after, Duration wait)
      throws IOException, InterruptedException {
    requireName(name);
    Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    return Json.object().put("decisions", Json.array(answers.after(name, after, bounded))).build();
  }

  /** All that is known of one correlation id. */
  public Json explain(String correlation) throws IOException {
    return Json.object()
        .put("correlation", correlation)
        .put("decisions", Json.array(answers.byCorrelation(correlation)))
        .build();
  }

  /**
   * Records a launch that ended without evidence.
   *
   * @throws MalformedEvidenceException where name or body have not their form
   */
  public Json endedLaunch(String actor, String name, byte[] body) throws IOException {
    requireName(name);
    Json.Obj o = Json.parse(body).asObject("launch");
    o.only("ended", "detail");
    if (!o.string("ended").equals(Decision.NO_EVIDENCE.wire())) {
      throw new MalformedEvidenceException("launch", "ended", -1, "is an unknown word");
    }
    Check check =
        Check.of(
            "launch.evidence",
            false,
            "evidence from the guest",
            o.string("detail"),
            "A guest that shows nothing gets nothing.",
            "Look at the guest's console.");
    LedgerRecord record =
        LedgerRecord.builder(clock.instant(), Decision.NO_EVIDENCE, name)
            .reason(check.id(), check.expected(), check.found())
            .actor(actor)
            .build();
    Receipt receipt = decisions.record(record, List.of(), List.of(check), transaction -> {});
    return Json.object().put("record", record(receipt)).build();
  }

  /**
   * Writes a new version of a resource.
   *
   * @throws MalformedEvidenceException where the path has not its form
   */
  public Json putResource(String actor, String path, SecretBytes value) throws IOException {
    requirePath(path);
    Instant at = clock.instant();
    Receipt receipt =
        decisions.record(
            change(at, actor + " wrote " + path),
            List.of(),
            List.of(),
            transaction -> resources.put(transaction.connection(), path, value, at));
    return Json.object().put("record", record(receipt)).build();
  }

  /**
   * Deletes every version of a resource.
   *
   * @throws MalformedEvidenceException where the path has not its form
   */
  public Json deleteResource(String actor, String path) throws IOException {
    requirePath(path);
    Receipt receipt =
        decisions.record(
            change(clock.instant(), actor + " deleted " + path),
            List.of(),
            List.of(),
            transaction -> resources.delete(transaction.connection(), path));
    return Json.object().put("record", record(receipt)).build();
  }

  /** The names of all resources. */
  public Json resources() throws IOException {
    return Json.object().put("resources", Json.strings(resources.paths())).build();
  }

  /**
   * Puts a resource policy in Rego in force, beside the built-in one. Tokens stay good: each
   * release is decided by the policy of its time.
   *
   * @throws MalformedEvidenceException where the text is no policy
   */
  public Json putResourcePolicy(String actor, String text) throws IOException {
    Instant at = clock.instant();
    RegoPolicy checked = RegoPolicy.compile(1, text);
    Receipt receipt =
        decisions.record(
            change(at, actor + " put the resource policy " + checked.digest()),
            List.of(text.getBytes(StandardCharsets.UTF_8)),
            List.of(),
            transaction -> {
              policies.put(transaction.connection(), text, at);
              revisions.raise(transaction.connection());
            });
    revisions.refresh();
    return Json.object().put("digest", checked.digest()).put("record", record(receipt)).build();
  }

  /** The resource policy in force; null where none was uploaded. */
  public Json resourcePolicy() throws IOException {
    return policies
        .current()
        .map(
            policy ->
                (Json)
                    Json.object()
                        .put("version", policy.version())
                        .put("digest", policy.digest())
                        .put("policy", policy.text())
                        .build())
        .orElse(Json.Null.NULL);
  }

  static LedgerRecord change(Instant at, String actor) {
    return LedgerRecord.builder(at, Decision.CHANGED, ALL).actor(actor).build();
  }

  static Json record(Receipt receipt) {
    return Json.object().put("index", receipt.index()).put("leafHash", receipt.leafHash()).build();
  }

  private static void requireName(String name) {
    if (!WorkloadName.isValid(name)) {
      throw new MalformedEvidenceException("workload", "name", -1, "is not namespace/name");
    }
  }

  static void requirePath(String path) {
    if (!ResourcePattern.isPath(path)) {
      throw new MalformedEvidenceException("resource", "path", -1, "is not three plain segments");
    }
  }
}
