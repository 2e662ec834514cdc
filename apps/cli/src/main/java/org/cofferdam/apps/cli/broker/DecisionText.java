// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.broker;

import org.cofferdam.core.bytes.json.Json;

/** A decision as people read it. */
final class DecisionText {
  private DecisionText() {}

  static void print(Json json) {
    Json.Obj decision = json.asObject("decision");
    System.out.println(
        decision.integer("seq")
            + "  "
            + decision.string("time")
            + "  "
            + decision.string("decision")
            + "  "
            + decision.string("workload")
            + "  "
            + decision.string("correlation"));
    decision
        .array("resources")
        .forEach(name -> System.out.println("    released " + name.asString("resource")));
    decision.array("failedChecks").forEach(DecisionText::printCheck);
  }

  private static void printCheck(Json json) {
    Json.Obj check = json.asObject("check");
    System.out.println("    " + check.string("id"));
    System.out.println("      expected " + check.string("expected"));
    System.out.println("      found    " + check.string("found"));
    System.out.println("      " + check.string("why") + " " + check.string("remedy"));
  }
}
