// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.replay;

import java.time.Instant;
import java.util.List;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.attestation.Verdict;
import org.cofferdam.core.bytes.json.Json;

/**
 * A verdict that was repeated.
 *
 * @param at the time that it was repeated for
 * @param verdict accepted only if the evidence was verified and every reference value matched
 * @param checks those that did not pass
 * @param insecure marks of the evidence
 * @param references digest of the reference values that were applied, or empty
 */
public record Replayed(
    Instant at, Verdict verdict, List<Check> checks, List<String> insecure, String references) {
  public Replayed {
    checks = List.copyOf(checks);
    insecure = List.copyOf(insecure);
  }

  public Json.Obj toJson() {
    return Json.object()
        .put("at", at.toString())
        .put("verdict", verdict.wire())
        .put("checks", Json.array(checks.stream().map(Check::toJson).toList()))
        .put("insecure", Json.strings(insecure))
        .put("references", references)
        .build();
  }
}
