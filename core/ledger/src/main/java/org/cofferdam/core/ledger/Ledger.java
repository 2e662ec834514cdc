// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cofferdam.core.ledger.tree.MerkleHash;

/**
 * Where decisions are written down. A record is durable before anybody may act on it: what acts
 * asks for the {@link Receipt}. What a record names by digest is kept with it, so that the decision
 * can be repeated later.
 *
 * @param <T> the transaction type of the store that the records share with what they tell of
 */
public final class Ledger<T> {
  /** Digests remembered as kept; beyond it content is submitted again, which is only slower. */
  private static final int REMEMBERED = 10_000;

  private final Outbox<T> outbox;
  private final Set<ContentDigest> kept = ConcurrentHashMap.newKeySet();

  public Ledger(Outbox<T> outbox) {
    this.outbox = outbox;
  }

  /** Commits a record that stands alone, for example a refusal. */
  public Receipt record(LedgerRecord record, List<byte[]> content) throws IOException {
    return record(record, content, transaction -> {});
  }

  /**
   * Commits a record in one transaction with {@code effect}: both are there, or neither.
   *
   * @param content everything that the record names by digest; nothing secret
   * @throws IllegalArgumentException where the content of a digest is missing
   * @throws IOException where the store failed or {@code effect} did; nothing may be released then
   */
  public Receipt record(LedgerRecord record, List<byte[]> content, Outbox.Effect<? super T> effect)
      throws IOException {
    Map<ContentDigest, byte[]> byDigest = new LinkedHashMap<>();
    content.forEach(bytes -> byDigest.put(ContentDigest.of(bytes), bytes));
    for (ContentDigest named : record.digests()) {
      if (!byDigest.containsKey(named)) {
        throw new IllegalArgumentException("the content of " + named + " is missing");
      }
    }
    byDigest.keySet().removeAll(kept);
    byte[] entry = record.encode();
    Submission submission = new Submission(entry, new ArrayList<>(byDigest.values()));
    long index = outbox.append(submission, effect);
    if (kept.size() < REMEMBERED) {
      kept.addAll(byDigest.keySet());
    }
    return new Receipt(index, MerkleHash.leaf(entry), record);
  }
}
