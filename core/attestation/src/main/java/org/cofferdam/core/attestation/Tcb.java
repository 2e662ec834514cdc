// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.util.List;
import org.cofferdam.core.bytes.json.Json;

/**
 * How far the platform is up to date.
 *
 * @param status as the vendor spells it, for example {@code OutOfDate}
 * @param advisories ids, in the order found, none twice
 * @param parts what the status was made of: statuses and dates of platform, module, quoting enclave
 */
public record Tcb(String status, List<String> advisories, Json.Obj parts) {
  public Tcb {
    advisories = List.copyOf(advisories);
  }

  public Json toJson() {
    Json.Builder json =
        Json.object().put("status", status).put("advisories", Json.strings(advisories));
    parts.members().forEach(json::put);
    return json.build();
  }
}
