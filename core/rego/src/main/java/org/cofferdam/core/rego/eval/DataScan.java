// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * A reference below {@code data} with variables among the names of packages or rules.
 *
 * @param keys a term for each element of the path that is known, null where {@code patterns} binds
 */
public record DataScan(
    RuleNode root,
    List<@Nullable Ev> keys,
    List<@Nullable Matcher> patterns,
    Matcher result,
    Origin origin)
    implements Step.Scan {
  @Override
  public boolean scan(Frame f, Body rest, int next, Sink sink) {
    return walk(
        f, root, f.context.data, 0, v -> result.match(f, v) && rest.resume(this, f, next, sink));
  }

  private interface Found {
    boolean accept(Value v);
  }

  private boolean walk(Frame f, @Nullable RuleNode at, @Nullable Value value, int i, Found found) {
    f.machine.step();
    RuleNode node = at;
    Value base = value;
    if (node != null && f.context.hidden != null && f.context.hidden.contains(node)) {
      node = null;
    }
    if (i == keys.size() || (node != null && node.rules() != null)) {
      base = RuleNode.document(node, base, f.machine, f.context);
      node = null;
    }
    if (i == keys.size()) {
      return base != null && found.accept(base);
    }
    if (base == null && node == null) {
      return false;
    }
    Ev known = keys.get(i);
    if (known != null) {
      Value k = known.eval(f);
      return k != null
          && walk(
              f,
              node == null ? null : node.child(k),
              base == null ? null : base.get(k),
              i + 1,
              found);
    }
    Matcher pattern = patterns.get(i);
    if (pattern == null) {
      throw new IllegalStateException("path element without term and pattern");
    }
    if (node == null) {
      for (int k = 0; base != null && k < base.size(); k++) {
        if (pattern.match(f, base.keyAt(k)) && walk(f, null, base.valueAt(k), i + 1, found)) {
          return true;
        }
      }
      return false;
    }
    TreeSet<Value> names = new TreeSet<>(node.children().keySet());
    if (base instanceof RegoObject o) {
      for (Map.Entry<Value, Value> e : o.toMap().entrySet()) {
        names.add(e.getKey());
      }
    }
    for (Value name : names) {
      if (pattern.match(f, name)
          && walk(f, node.child(name), base == null ? null : base.get(name), i + 1, found)) {
        return true;
      }
    }
    return false;
  }
}
