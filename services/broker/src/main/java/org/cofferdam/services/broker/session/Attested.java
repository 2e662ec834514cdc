// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.session;

import java.time.Instant;
import java.util.List;
import org.cofferdam.core.attestation.Appraisal;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.protocol.kbs.TeeKey;
import org.cofferdam.services.broker.workload.Workload;

/**
 * A guest that passed.
 *
 * @param session its handshake
 * @param workload as it was registered at that time
 * @param teeKey what its answers are encrypted to
 * @param record that it passed
 * @param content what that record names by digest
 * @param result its attestation result, the payload of the token
 * @param token the same, signed
 * @param expires neither cookie nor token opens anything after it
 */
public record Attested(
    Session session,
    Appraisal appraisal,
    Workload workload,
    TeeKey teeKey,
    LedgerRecord record,
    List<byte[]> content,
    Json.Obj result,
    String token,
    Instant expires) {
  public Attested {
    content = List.copyOf(content);
  }

  long weight() {
    return content.stream().mapToLong(c -> c.length).sum() + 2L * token.length();
  }
}
