// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * Leave to fail one check of a policy, for a time. Signatures, chains and structure cannot be
 * waived.
 *
 * @param check id of the check, exactly
 * @param owner who answers for it
 * @param reason why
 * @param until it ends here
 */
public record Waiver(String check, String owner, String reason, Instant until) {

  public boolean covers(String id, Instant at) {
    return check.equals(id) && at.isBefore(until);
  }

  public Json toJson() {
    return Json.object()
        .put("check", check)
        .put("owner", owner)
        .put("reason", reason)
        .put("until", until.toString())
        .build();
  }

  /**
   * @throws MalformedEvidenceException on any other form than {@link #toJson} writes
   */
  public static Waiver fromJson(Json json) {
    Json.Obj o = json.asObject("waiver");
    o.only("check", "owner", "reason", "until");
    if (o.string("owner").isBlank()) {
      throw new MalformedEvidenceException("waiver", "owner", -1, "is empty");
    }
    try {
      return new Waiver(
          o.string("check"),
          o.string("owner"),
          o.string("reason"),
          Instant.parse(o.string("until")));
    } catch (DateTimeParseException e) {
      throw new MalformedEvidenceException("waiver", "until", -1, "is no RFC 3339 time");
    }
  }
}
