// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import java.nio.charset.StandardCharsets;
import org.cofferdam.core.bytes.json.Json;

/**
 * One check that failed. Long texts are cut, so that a record always fits into the log; the whole
 * evidence is in the content store.
 *
 * @param id of the check, for example {@code pod.orders.args}
 * @param expected what the rule demands, as in the check
 * @param found what the evidence says
 */
public record Reason(String id, String expected, String found) {
  /** Id of the last reason of a record that leaves some out. */
  public static final String MORE = "more";

  /** Most bytes that a text takes as JSON. */
  private static final int LIMIT = 500;

  public Reason {
    expected = fit(expected);
    found = fit(found);
  }

  Json toJson() {
    return Json.object().put("id", id).put("expected", expected).put("found", found).build();
  }

  static Reason fromJson(Json.Obj json) {
    json.only("id", "expected", "found");
    return new Reason(json.string("id"), json.string("expected"), json.string("found"));
  }

  private static String fit(String text) {
    if (size(text) <= LIMIT) {
      return text;
    }
    String tail = "… (" + ContentDigest.of(text.getBytes(StandardCharsets.UTF_8)) + ")";
    int room = LIMIT - size(tail);
    int end = 0;
    int used = 0;
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      used += size(text.substring(end, next)) - 2;
      if (used > room) {
        break;
      }
      end = next;
    }
    return text.substring(0, end) + tail;
  }

  private static int size(String text) {
    return Json.of(text).write().getBytes(StandardCharsets.UTF_8).length;
  }
}
