// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.verify;

import java.util.List;
import java.util.Locale;
import org.cofferdam.core.bytes.json.Json;

/** Prints a result for people; whatever it says stands in the result already. */
final class Results {
  private Results() {}

  static void print(Json.Obj result) {
    StringBuilder text = new StringBuilder();
    text.append(result.string("verdict").toUpperCase(Locale.ROOT))
        .append("  ")
        .append(result.string("kind"))
        .append('\n');
    if (result.require("tcb") instanceof Json.Obj tcb) {
      text.append("TCB status: ").append(tcb.string("status")).append('\n');
    }
    for (Json json : result.array("checks")) {
      check(json.asObject("check"), text);
    }
    list("Not checked", result.array("notChecked"), text);
    list("Insecure", result.array("insecure"), text);
    if (result.get("forecast").isPresent()) {
      text.append("Forecast:\n");
      for (Json json : result.array("forecast")) {
        Json.Obj later = json.asObject("forecast");
        text.append("  ")
            .append(later.string("at"))
            .append("  ")
            .append(later.string("verdict"))
            .append('\n');
      }
    }
    System.out.print(text);
  }

  private static void check(Json.Obj check, StringBuilder text) {
    String outcome = check.string("outcome");
    text.append("  ")
        .append(
            switch (outcome) {
              case "passed" -> "ok      ";
              case "failed" -> "FAILED  ";
              default -> (outcome + "        ").substring(0, 8);
            })
        .append(check.string("id"))
        .append('\n');
    if (!outcome.equals("passed")) {
      line("expected", check.string("expected"), text);
      line("found", check.string("found"), text);
      line("why", check.string("why"), text);
      line("remedy", check.string("remedy"), text);
    }
  }

  private static void line(String label, String value, StringBuilder text) {
    text.append("            ").append(label).append(": ").append(value).append('\n');
  }

  private static void list(String title, List<Json> items, StringBuilder text) {
    if (!items.isEmpty()) {
      text.append(title).append(":\n");
      items.forEach(i -> text.append("  ").append(i.asString(title)).append('\n'));
    }
  }
}
