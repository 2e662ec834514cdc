// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * All that verification found, as data. A report proves nothing: only a {@link Verified} does.
 *
 * @param kind of the evidence, for example {@code tpm-quote}
 * @param tcb null where the kind has none, or it could not be evaluated
 * @param claims what the evidence says; reference values point into it
 * @param checks every rule that was looked at, in order
 * @param notChecked what was not looked at, in words
 * @param insecure what weakens the result though it does not refuse it: ids of failed hardening
 *     rules, marks such as {@code development:ID}
 * @param digests SHA-256 of policy, evidence and each piece of collateral, by name, and the
 *     verifier's version: what a replay needs
 */
public record Report(
    String kind,
    Verdict verdict,
    @Nullable Tcb tcb,
    Json.Obj claims,
    List<Check> checks,
    List<String> notChecked,
    List<String> insecure,
    Map<String, String> digests) {

  public Report {
    checks = List.copyOf(checks);
    notChecked = List.copyOf(notChecked);
    insecure = List.copyOf(insecure);
    digests = Collections.unmodifiableMap(new LinkedHashMap<>(digests));
  }

  /** The checks that refuse. */
  public List<Check> failedChecks() {
    return checks.stream().filter(c -> c.outcome() == Outcome.FAILED).toList();
  }

  /** The document that {@code verify} prints. */
  public Json.Obj toJson() {
    Json.Builder sums = Json.object();
    digests.forEach(sums::put);
    return Json.object()
        .put("kind", kind)
        .put("verdict", verdict.wire())
        .put("tcb", tcb == null ? Json.Null.NULL : tcb.toJson())
        .put("claims", claims)
        .put("checks", Json.array(checks.stream().map(Check::toJson).toList()))
        .put("notChecked", Json.strings(notChecked))
        .put("insecure", Json.strings(insecure))
        .put("digests", sums.build())
        .build();
  }
}
