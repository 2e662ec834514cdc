// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.monitor;

import java.util.List;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.note.Checkpoint;

/**
 * What a check of a whole log found.
 *
 * @param head that the log's key signed
 * @param recordsChecked how many records were read and hashed
 * @param contentMissing how many digests name content that is not kept (any more)
 * @param cosigned names of the witnesses that cosigned the head
 * @param problems in the order found; empty if the log is what its head says
 */
public record Report(
    Checkpoint head,
    long recordsChecked,
    long contentMissing,
    List<String> cosigned,
    List<String> problems) {
  public Report {
    cosigned = List.copyOf(cosigned);
    problems = List.copyOf(problems);
  }

  /** Whether everything that was looked at fits together. */
  public boolean consistent() {
    return problems.isEmpty();
  }

  public Json.Obj toJson() {
    return Json.object()
        .put("origin", head.origin())
        .put("size", head.size())
        .put("rootHash", Hex.encode(head.root()))
        .put("consistent", consistent())
        .put("recordsChecked", recordsChecked)
        .put("contentMissing", contentMissing)
        .put("cosigned", Json.strings(cosigned))
        .put("problems", Json.strings(problems))
        .build();
  }
}
