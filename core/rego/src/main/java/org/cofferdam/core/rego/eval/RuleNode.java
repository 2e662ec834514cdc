// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** A place below {@code data} where rules live, or that leads to one. */
public final class RuleNode {
  private final Map<Value, RuleNode> children = new TreeMap<>();
  private @Nullable RuleSet rules;

  /** The child of this name, made if need be. */
  public RuleNode make(String name) {
    return children.computeIfAbsent(RegoString.of(name), k -> new RuleNode());
  }

  public @Nullable RuleNode child(Value name) {
    return children.get(name);
  }

  public Map<Value, RuleNode> children() {
    return children;
  }

  public @Nullable RuleSet rules() {
    return rules;
  }

  public void rules(RuleSet set) {
    rules = set;
  }

  /** All rules at and below this node. */
  public void collect(Collection<RuleSet> out) {
    if (rules != null) {
      out.add(rules);
    }
    children.values().forEach(c -> c.collect(out));
  }

  /** An element of the data: a number finds the key that reads like it. */
  static @Nullable Value base(@Nullable Value v, Value key) {
    if (v == null) {
      return null;
    }
    Value found = v.get(key);
    return found == null && key instanceof RegoNumber && v instanceof RegoObject o
        ? o.get(key.toString())
        : found;
  }

  /**
   * The document here: what the rules give, over the data that lies below them; null if undefined.
   */
  static @Nullable Value document(
      @Nullable RuleNode node, @Nullable Value base, Machine m, Context c) {
    if (node == null || (c.hidden != null && c.hidden.contains(node))) {
      return base;
    }
    RuleSet rules = node.rules;
    if (rules != null) {
      return rules.isFunction() ? base : rules.value(m, c);
    }
    Map<Value, Value> all = base instanceof RegoObject o ? o.toMap() : new java.util.HashMap<>();
    for (Map.Entry<Value, RuleNode> e : node.children.entrySet()) {
      Value below = base == null ? null : base.get(e.getKey());
      Value v = document(e.getValue(), below, m, c);
      // Where data and a rule meet, the whole document shows the data.
      boolean meets = below != null && e.getValue().rules != null;
      if (v != null && !meets) {
        all.put(e.getKey(), v);
      }
    }
    return RegoObject.of(all);
  }
}
