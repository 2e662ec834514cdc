// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import org.cofferdam.core.bytes.json.Json;

/**
 * One rule, and how it came out.
 *
 * @param id stable, for example {@code snp.vcek.tcb-matches-report}
 * @param expected what the rule demands, as text; bytes as lower-case hex
 * @param found what the evidence says; empty where it says nothing
 * @param why what the rule protects against, one sentence
 * @param remedy what to do when it fails, one sentence
 */
public record Check(
    String id, Outcome outcome, String expected, String found, String why, String remedy) {

  public static Check of(
      String id, boolean holds, String expected, String found, String why, String remedy) {
    return new Check(id, holds ? Outcome.PASSED : Outcome.FAILED, expected, found, why, remedy);
  }

  public Json toJson() {
    return Json.object()
        .put("id", id)
        .put("outcome", outcome.wire())
        .put("expected", expected)
        .put("found", found)
        .put("why", why)
        .put("remedy", remedy)
        .build();
  }
}
