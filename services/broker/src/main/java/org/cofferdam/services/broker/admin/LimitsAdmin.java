// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.admin;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.Outbox;
import org.cofferdam.core.ledger.Receipt;
import org.cofferdam.services.broker.decision.DecisionLog;
import org.cofferdam.services.broker.resource.ResourceRule;
import org.cofferdam.services.broker.resource.ResourceRules;
import org.cofferdam.services.broker.resource.ResourceStore;
import org.cofferdam.services.broker.resource.Revocation;
import org.cofferdam.services.broker.resource.Revocations;
import org.cofferdam.services.broker.store.OutboxTransaction;
import org.cofferdam.services.broker.store.Revisions;

/** What an administrator says about how long, how often and to whom no more. */
public final class LimitsAdmin {
  private static final int MOST_RANDOM = 4096;

  private final ResourceStore resources;
  private final ResourceRules rules;
  private final Revocations revocations;
  private final Revisions revisions;
  private final DecisionLog decisions;
  private final SecureRandom random;
  private final InstantSource clock;

  public LimitsAdmin(
      ResourceStore resources,
      ResourceRules rules,
      Revocations revocations,
      Revisions revisions,
      DecisionLog decisions,
      SecureRandom random,
      InstantSource clock) {
    this.resources = resources;
    this.rules = rules;
    this.revocations = revocations;
    this.revisions = revisions;
    this.decisions = decisions;
    this.random = random;
    this.clock = clock;
  }

  /** What is known of a resource, but for its value: versions, rule and count. */
  public Json describe(String path) throws IOException {
    AdminService.requirePath(path);
    return Json.object()
        .put("resource", path)
        .put("versions", Json.array(resources.versions(path)))
        .put("rule", rules.of(path).toJson())
        .build();
  }

  /**
   * Sets how long and how often a resource may be handed out; its count begins anew.
   *
   * @throws MalformedEvidenceException where path or body have not their form
   */
  public Json putRule(String actor, String path, byte[] body) throws IOException {
    AdminService.requirePath(path);
    ResourceRule rule = ResourceRule.fromJson(Json.parse(body));
    return recorded(
        actor + " set a rule for " + path,
        transaction -> rules.put(transaction.connection(), path, rule));
  }

  /**
   * Writes a random value that nobody has seen: {@code {"bytes"}}.
   *
   * @throws MalformedEvidenceException where path or body have not their form
   */
  public Json putRandom(String actor, String path, byte[] body) throws IOException {
    AdminService.requirePath(path);
    long length = Json.parse(body).asObject("random").integer("bytes");
    if (length < 16 || length > MOST_RANDOM) {
      throw new MalformedEvidenceException(
          "random", "bytes", -1, "is not between 16 and " + MOST_RANDOM);
    }
    byte[] bytes = new byte[(int) length];
    random.nextBytes(bytes);
    Instant at = clock.instant();
    try (SecretBytes value = SecretBytes.owning(bytes)) {
      return recorded(
          actor + " made " + path + " at random",
          transaction -> resources.put(transaction.connection(), path, value, at));
    }
  }

  /**
   * Takes a rotation back: the version before the last one becomes the newest.
   *
   * @throws MalformedEvidenceException where the path has not its form
   */
  public Json restore(String actor, String path) throws IOException {
    AdminService.requirePath(path);
    Instant at = clock.instant();
    return recorded(
        actor + " restored the version before of " + path,
        transaction -> resources.restore(transaction.connection(), path, at));
  }

  /**
   * Revokes from now on: {@code {"kind": "workload"|"measurement"|"chip"|"cve", "value",
   * "reason"}}.
   *
   * @throws MalformedEvidenceException where the body has not its form
   */
  public Json revoke(String actor, byte[] body) throws IOException {
    Revocation revocation = Revocation.fromJson(Json.parse(body));
    Instant at = clock.instant();
    return changed(
        actor + " revoked " + revocation.toJson().write(),
        transaction -> revocations.put(transaction.connection(), revocation, at));
  }

  /**
   * Takes a revocation back; the body is the same.
   *
   * @throws MalformedEvidenceException where the body has not its form
   */
  public Json reinstate(String actor, byte[] body) throws IOException {
    Revocation revocation = Revocation.fromJson(Json.parse(body));
    return changed(
        actor + " took back " + revocation.toJson().write(),
        transaction -> revocations.delete(transaction.connection(), revocation));
  }

  public Json revoked() throws IOException {
    return Json.object()
        .put("revocations", Json.array(revocations.all().stream().map(Revocation::toJson).toList()))
        .build();
  }

  private Json changed(String actor, Outbox.Effect<OutboxTransaction> effect) throws IOException {
    Json answer =
        recorded(
            actor,
            transaction -> {
              effect.apply(transaction);
              revisions.raise(transaction.connection());
            });
    revisions.refresh();
    return answer;
  }

  private Json recorded(String actor, Outbox.Effect<OutboxTransaction> effect) throws IOException {
    Receipt receipt =
        decisions.record(AdminService.change(clock.instant(), actor), List.of(), List.of(), effect);
    return Json.object().put("record", AdminService.record(receipt)).build();
  }
}
