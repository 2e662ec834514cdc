// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.ledger;

import java.io.IOException;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.ledger.Reason;
import org.cofferdam.core.ledger.tiles.LogReader;
import org.cofferdam.core.ledger.tree.MerkleHash;

/**
 * A record as the commands show it.
 *
 * @param leafHash 64 hex digits
 */
record RecordView(long index, String leafHash, LedgerRecord record) {

  static RecordView read(LogReader reader, long index) throws IOException {
    byte[] entry = reader.entry(index);
    return new RecordView(index, Hex.encode(MerkleHash.leaf(entry)), LedgerRecord.decode(entry));
  }

  Json toJson() {
    return Json.object()
        .put("index", index)
        .put("leafHash", leafHash)
        .put("record", record.toJson())
        .build();
  }

  /** One line, and one more for each reason. */
  String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%8d  %s  %-11s  %s",
            index, record.time(), record.decision().wire(), record.workload()));
    if (!record.released().isEmpty()) {
      text.append("  ").append(String.join(", ", record.released()));
    }
    if (record.actor() != null) {
      text.append("  ").append(record.actor());
    }
    for (Reason reason : record.reasons()) {
      text.append("\n          ").append(reason.id());
      text.append("\n            expected ").append(reason.expected());
      text.append("\n            found    ").append(reason.found());
    }
    return text.toString();
  }
}
