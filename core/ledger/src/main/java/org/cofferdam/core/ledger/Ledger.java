// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import java.io.IOException;
import org.cofferdam.core.ledger.tree.MerkleHash;

/**
 * Where decisions are written down. A record is durable before anybody may act on it: what acts
 * asks for the {@link Receipt}.
 *
 * @param <T> the transaction type of the store that the records share with what they tell of
 */
public final class Ledger<T> {
  private final Outbox<T> outbox;

  public Ledger(Outbox<T> outbox) {
    this.outbox = outbox;
  }

  /** Commits a record that stands alone, for example a refusal. */
  public Receipt record(LedgerRecord record) throws IOException {
    return record(record, transaction -> {});
  }

  /**
   * Commits a record in one transaction with {@code effect}: both are there, or neither.
   *
   * @throws IOException where the store failed or {@code effect} did; nothing may be released then
   */
  public Receipt record(LedgerRecord record, Outbox.Effect<? super T> effect) throws IOException {
    byte[] entry = record.encode();
    long index = outbox.append(entry, effect);
    return new Receipt(index, MerkleHash.leaf(entry), record);
  }
}
