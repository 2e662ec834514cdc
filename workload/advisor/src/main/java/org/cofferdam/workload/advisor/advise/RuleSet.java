// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.advisor.advise;

import java.util.List;
import org.cofferdam.workload.pattern.rules.TextTable;

/**
 * The rule table and its version.
 *
 * @param version named in every result
 * @param rules in order
 * @param residualRisks rows of id, pattern and text
 * @param knowledge what is known beside the rules
 */
public record RuleSet(
    String version, List<Rule> rules, List<List<String>> residualRisks, Knowledge knowledge) {
  /** Changes with every change of a rule, a question or a point. */
  private static final String VERSION = "2026-11.2";

  public RuleSet {
    rules = List.copyOf(rules);
    residualRisks = List.copyOf(residualRisks);
  }

  public static RuleSet load() {
    return new RuleSet(
        VERSION,
        TextTable.read(RuleSet.class, "rules.txt", 3).stream().map(Rule::parse).toList(),
        TextTable.read(RuleSet.class, "residual-risks.txt", 3),
        Knowledge.load());
  }
}
