// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

import java.util.List;
import java.util.Map;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Finds the rules that can hold from the value of one term that most of them compare. */
public sealed interface Index {
  /** The candidates, in source order. */
  List<Rule> candidates(Frame f, Value @Nullable [] args);

  /** All that is left. */
  record Leaf(List<Rule> rules) implements Index {
    @Override
    public List<Rule> candidates(Frame f, Value @Nullable [] args) {
      return rules;
    }
  }

  /**
   * Chooses by the value of {@code term}, or of argument {@code arg} where that is not negative.
   *
   * @param others for any other value, and for undefined
   */
  record Choice(int arg, Ev term, Map<Value, Index> byValue, Index others) implements Index {
    @Override
    public List<Rule> candidates(Frame f, Value @Nullable [] args) {
      Value v = arg >= 0 && args != null ? args[arg] : arg >= 0 ? null : term.eval(f);
      Index next = v == null ? null : byValue.get(v);
      return (next == null ? others : next).candidates(f, args);
    }
  }
}
