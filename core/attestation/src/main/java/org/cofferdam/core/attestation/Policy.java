// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * Which findings suffice. Rules that prove genuineness (signatures, chains, structure) are not up
 * to a policy.
 *
 * @param name for people
 * @param version raised with every change
 * @param hardening what a failed hardening rule does
 * @param acceptedTcb TCB statuses that are accepted, for example {@code UpToDate}
 * @param rules other treatment of single rules, by id; never of a {@link Rule.Weight#PROOF} rule
 */
public record Policy(
    String name,
    long version,
    Treatment hardening,
    List<String> acceptedTcb,
    Map<String, Treatment> rules) {

  /** What a rule that does not hold leads to. */
  public enum Treatment {
    /** Named under {@code insecure}; the evidence may still be accepted. */
    REPORT,
    /** The evidence is refused. */
    REFUSE;

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Treatment of(String word) {
      for (Treatment treatment : values()) {
        if (treatment.wire().equals(word)) {
          return treatment;
        }
      }
      throw new MalformedEvidenceException("policy", "treatment", -1, "is an unknown word");
    }
  }

  public Policy {
    acceptedTcb = List.copyOf(acceptedTcb);
    rules = Map.copyOf(rules);
  }

  /** Is it genuine and up to date? Missing hardening is reported. */
  public static Policy genuine() {
    return new Policy("genuine", 1, Treatment.REPORT, List.of("UpToDate"), Map.of());
  }

  /** May a secret go there? Missing hardening refuses. */
  public static Policy release() {
    return new Policy("release", 1, Treatment.REFUSE, List.of("UpToDate"), Map.of());
  }

  /** How a failure of this rule is treated. */
  Treatment treatment(Rule rule) {
    return switch (rule.weight()) {
      case PROOF -> Treatment.REFUSE;
      case POLICY -> rules.getOrDefault(rule.id(), Treatment.REFUSE);
      case HARDENING -> rules.getOrDefault(rule.id(), hardening);
    };
  }

  public Json toJson() {
    Json.Builder treatments = Json.object();
    new TreeMap<>(rules).forEach((id, treatment) -> treatments.put(id, treatment.wire()));
    return Json.object()
        .put("name", name)
        .put("version", version)
        .put("hardening", hardening.wire())
        .put("acceptedTcb", Json.strings(acceptedTcb))
        .put("rules", treatments.build())
        .build();
  }

  /**
   * @throws MalformedEvidenceException on any other form than {@link #toJson} writes
   */
  public static Policy fromJson(Json json) {
    Json.Obj o = json.asObject("policy");
    o.only("name", "version", "hardening", "acceptedTcb", "rules");
    Map<String, Treatment> rules = new TreeMap<>();
    o.object("rules").members().forEach((id, t) -> rules.put(id, Treatment.of(t.asString(id))));
    return new Policy(
        o.string("name"),
        o.integer("version"),
        Treatment.of(o.string("hardening")),
        o.array("acceptedTcb").stream().map(s -> s.asString("acceptedTcb")).toList(),
        rules);
  }

  /** SHA-256 over the canonical JSON, lower-case hex: what a result and a record name. */
  public String digest() {
    return Hex.encode(Digests.sha256(toJson().canonical()));
  }
}
