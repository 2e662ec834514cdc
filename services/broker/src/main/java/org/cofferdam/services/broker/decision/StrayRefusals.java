// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.decision;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.ledger.Decision;
import org.cofferdam.core.ledger.LedgerRecord;

/**
 * Records refusals that belong to no attested guest: broken messages, replays, forged tokens,
 * unknown administrators. Anyone can cause them, so they are limited: beyond the limit they are
 * counted, and the count goes on record when the interval is over and the next one comes.
 */
public final class StrayRefusals {
  private static final int PER_INTERVAL = 200;
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final DecisionLog decisions;
  private final InstantSource clock;
  private Instant intervalEnd = Instant.MIN;
  private int recorded;
  private long uncounted;

  public StrayRefusals(DecisionLog decisions, InstantSource clock) {
    this.decisions = decisions;
    this.clock = clock;
  }

  /**
   * @param workload {@code namespace/name} that was asked for, or the name for unknown ones
   * @param correlation of the handshake; empty where there is none
   */
  public void record(String workload, Check failed, String correlation) throws IOException {
    Instant at = clock.instant();
    long skipped;
    synchronized (this) {
      if (!at.isBefore(intervalEnd)) {
        intervalEnd = at.plus(INTERVAL);
        recorded = 0;
      }
      if (recorded >= PER_INTERVAL) {
        uncounted++;
        return;
      }
      recorded++;
      skipped = uncounted;
      uncounted = 0;
    }
    var builder =
        LedgerRecord.builder(at, Decision.REFUSED, workload)
            .reason(failed.id(), failed.expected(), failed.found())
            .correlation(correlation);
    if (skipped > 0) {
      builder.reason("more", "", skipped + " more were refused and not recorded one by one");
    }
    decisions.record(builder.build(), List.of(), List.of(failed), transaction -> {});
  }
}
