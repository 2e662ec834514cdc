// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.session;

import java.time.Instant;
import java.util.List;
import org.cofferdam.core.attestation.Appraisal;
import org.cofferdam.core.ledger.ContentDigest;
import org.cofferdam.core.protocol.kbs.TeeKey;
import org.cofferdam.services.broker.workload.Workload;

/**
 * A guest that passed.
 *
 * @param session its handshake
 * @param workload as it was registered at that time
 * @param teeKey what its answers are encrypted to
 * @param evidence names the evidence in records
 * @param content what records about this guest name by digest
 * @param token its EAR
 * @param expires neither cookie nor token opens anything after it
 */
public record Attested(
    Session session,
    Appraisal appraisal,
    Workload workload,
    TeeKey teeKey,
    ContentDigest evidence,
    List<byte[]> content,
    String token,
    Instant expires) {
  public Attested {
    content = List.copyOf(content);
  }

  long weight() {
    return content.stream().mapToLong(c -> c.length).sum() + 2L * token.length();
  }
}
