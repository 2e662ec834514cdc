// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * One decision, as the log keeps it: version 1 of the record, described in {@code docs/ledger.md}.
 * It holds names and digests, never a secret. Its bytes are the canonical JSON (RFC 8785), at most
 * {@link #MAX_BYTES}.
 *
 * @param time when it was decided
 * @param workload {@code namespace/name}
 * @param tee kind of TEE in the words of the release protocol, for example {@code tpm}; null where
 *     there was no evidence
 * @param grade for example {@code development}; null where there was no evidence
 * @param evidence everything that the verifier was given, as one document; null where there was
 *     none
 * @param policy that decided, null where none was asked
 * @param references the reference values that were applied
 * @param collateral endorsements that were applied, in order
 * @param reasons the checks that failed; none where something was released
 * @param released names of what was handed out
 * @param insecure marks of the appraisal, for example {@code development-tee}
 * @param correlation what ties the record to the messages and screens of the same run
 * @param actor who made a change or reported an end; null where the evidence speaks for itself
 */
public record LedgerRecord(
    Instant time,
    Decision decision,
    String workload,
    @Nullable String tee,
    @Nullable String grade,
    @Nullable ContentDigest evidence,
    @Nullable PolicyRef policy,
    @Nullable ContentDigest references,
    List<ContentDigest> collateral,
    List<Reason> reasons,
    List<String> released,
    List<String> insecure,
    String correlation,
    @Nullable String actor) {

  static final String FORMAT = "ledger record";

  /** An entry of tlog-tiles has a length of 16 bits. */
  public static final int MAX_BYTES = 65_535;

  private static final int VERSION = 1;

  public LedgerRecord {
    collateral = List.copyOf(collateral);
    reasons = List.copyOf(reasons);
    released = List.copyOf(released);
    insecure = List.copyOf(insecure);
    rule(
        released.isEmpty() == (decision != Decision.RELEASED),
        "released",
        "names what was handed out, if and only if the decision is released");
    boolean negative = decision == Decision.REFUSED || decision == Decision.NO_EVIDENCE;
    rule(
        reasons.isEmpty() != negative,
        "reasons",
        "says why, if and only if the decision is refused or no-evidence");
    boolean positive = decision == Decision.RELEASED || decision == Decision.ATTESTED;
    rule(!positive || evidence != null, "evidence", "is missing");
    rule(!positive || policy != null, "policy", "is missing");
    rule(!positive || references != null, "references", "is missing");
    rule(!positive || (tee != null && grade != null), "tee", "or grade is missing");
    rule(decision != Decision.CHANGED || actor != null, "actor", "is missing");
  }

  public static RecordBuilder builder(Instant time, Decision decision, String workload) {
    return new RecordBuilder(time, decision, workload);
  }

  /**
   * The entry of the log.
   *
   * @throws IllegalArgumentException where it would be longer than {@link #MAX_BYTES}
   */
  public byte[] encode() {
    byte[] entry = toJson().canonical();
    if (entry.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "the record takes " + entry.length + " bytes, an entry holds " + MAX_BYTES);
    }
    return entry;
  }

  /**
   * Reads an entry of the log.
   *
   * @throws MalformedEvidenceException where it is no record of version 1 in canonical form
   */
  public static LedgerRecord decode(byte[] entry) {
    LedgerRecord record = fromJson(Json.parse(entry).asObject(FORMAT));
    if (!Arrays.equals(entry, record.toJson().canonical())) {
      throw new MalformedEvidenceException(FORMAT, "text", -1, "is not in canonical form");
    }
    return record;
  }

  /** What the record names: evidence, policy, reference values, collateral. */
  public List<ContentDigest> digests() {
    List<ContentDigest> all = new ArrayList<>(collateral);
    if (evidence != null) {
      all.add(evidence);
    }
    if (policy != null) {
      all.add(policy.digest());
    }
    if (references != null) {
      all.add(references);
    }
    return all;
  }

  public Json.Obj toJson() {
    return Json.object()
        .put("version", VERSION)
        .put("time", time.toString())
        .put("decision", decision.wire())
        .put("workload", workload)
        .put("tee", Json.nullable(tee))
        .put("grade", Json.nullable(grade))
        .put("evidence", digest(evidence))
        .put("policy", policy == null ? Json.Null.NULL : policy.toJson())
        .put("references", digest(references))
        .put("collateral", Json.strings(collateral.stream().map(ContentDigest::toString).toList()))
        .put("reasons", Json.array(reasons.stream().map(Reason::toJson).toList()))
        .put("released", Json.strings(released))
        .put("insecure", Json.strings(insecure))
        .put("correlation", correlation)
        .put("actor", Json.nullable(actor))
        .build();
  }

  private static LedgerRecord fromJson(Json.Obj json) {
    rule(json.integer("version") == VERSION, "version", "is not " + VERSION);
    json.only(
        "version",
        "time",
        "decision",
        "workload",
        "tee",
        "grade",
        "evidence",
        "policy",
        "references",
        "collateral",
        "reasons",
        "released",
        "insecure",
        "correlation",
        "actor");
    Json policy = json.require("policy");
    List<ContentDigest> collateral = new ArrayList<>();
    strings(json, "collateral").forEach(text -> collateral.add(ContentDigest.parse(text)));
    List<Reason> reasons = new ArrayList<>();
    json.array("reasons").forEach(r -> reasons.add(Reason.fromJson(r.asObject("reasons"))));
    return new LedgerRecord(
        time(json.string("time")),
        Decision.fromWire(json.string("decision")),
        json.string("workload"),
        text(json, "tee"),
        text(json, "grade"),
        digest(json, "evidence"),
        policy == Json.Null.NULL ? null : PolicyRef.fromJson(policy.asObject("policy")),
        digest(json, "references"),
        collateral,
        reasons,
        strings(json, "released"),
        strings(json, "insecure"),
        json.string("correlation"),
        text(json, "actor"));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new MalformedEvidenceException(FORMAT, "time", -1, "is no time of RFC 3339 in UTC");
    }
  }

  private static @Nullable String text(Json.Obj json, String name) {
    Json value = json.require(name);
    return value == Json.Null.NULL ? null : value.asString(name);
  }

  private static @Nullable ContentDigest digest(Json.Obj json, String name) {
    String text = text(json, name);
    return text == null ? null : ContentDigest.parse(text);
  }

  private static Json digest(@Nullable ContentDigest digest) {
    return Json.nullable(digest == null ? null : digest.toString());
  }

  private static List<String> strings(Json.Obj json, String name) {
    return json.array(name).stream().map(item -> item.asString(name)).toList();
  }

  private static void rule(boolean holds, String field, String problem) {
    if (!holds) {
      throw new MalformedEvidenceException(FORMAT, field, -1, problem);
    }
  }
}
