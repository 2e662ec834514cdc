// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import org.cofferdam.core.bytes.Hex;

/**
 * Shows that a record is durable and has its place in the log. Made by {@link Ledger} only, after
 * the commit returned.
 */
public final class Receipt {
  private final long index;
  private final byte[] leafHash;
  private final LedgerRecord record;

  Receipt(long index, byte[] leafHash, LedgerRecord record) {
    this.index = index;
    this.leafHash = leafHash;
    this.record = record;
  }

  /** Place in the log, from 0. */
  public long index() {
    return index;
  }

  /** RFC 6962 leaf hash of the record's bytes, 64 lower-case digits. */
  public String leafHash() {
    return Hex.encode(leafHash);
  }

  /** What was recorded. */
  public LedgerRecord record() {
    return record;
  }

  @Override
  public String toString() {
    return "Receipt[" + index + " " + leafHash() + "]";
  }
}
