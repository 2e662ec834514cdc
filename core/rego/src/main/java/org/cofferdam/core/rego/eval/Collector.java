// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.rego.ErrorCode;
import org.cofferdam.core.rego.Location;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoSet;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Builds the set or object of partial rules, nested where heads have several keys. */
final class Collector implements Rule.Solutions {
  private @Nullable Value value;
  private @Nullable Map<Value, Collector> fields;
  private @Nullable Set<Value> elements;

  private Collector() {}

  static Value collect(RuleSet.Kind kind, List<Rule> rules, Machine m, Context c) {
    Collector root = new Collector();
    if (kind == RuleSet.Kind.SET) {
      root.elements = new HashSet<>();
    } else {
      root.fields = new HashMap<>();
    }
    for (Rule r : rules) {
      r.solve(m, c, null, root);
    }
    return root.build();
  }

  @Override
  public boolean take(Rule rule, Rule.Branch branch, Frame f) {
    Value[] path = new Value[branch.suffix().size()];
    for (int i = 0; i < path.length; i++) {
      Value k = branch.suffix().get(i).eval(f);
      if (k == null) {
        return false;
      }
      path[i] = k;
    }
    Ev key = branch.key();
    Value v = key == null ? branch.value().eval(f) : key.eval(f);
    if (v == null) {
      return false;
    }
    f.machine.charge(1);
    Collector at = this;
    for (Value k : path) {
      at = at.field(k, rule.at());
    }
    if (key != null) {
      at.element(v, rule.at());
    } else {
      at.set(v, rule.at());
    }
    return branch.constant();
  }

  private Collector field(Value k, Location at) {
    if (value != null || elements != null) {
      throw conflict(at);
    }
    if (fields == null) {
      fields = new HashMap<>();
    }
    return fields.computeIfAbsent(k, x -> new Collector());
  }

  private void element(Value v, Location at) {
    if (value != null || fields != null) {
      throw conflict(at);
    }
    if (elements == null) {
      elements = new HashSet<>();
    }
    elements.add(v);
  }

  private void set(Value v, Location at) {
    if (fields != null || elements != null || (value != null && !value.equals(v))) {
      throw conflict(at);
    }
    value = v;
  }

  private static RegoException conflict(Location at) {
    return new RegoException(ErrorCode.EVAL_CONFLICT_ERROR, at, "object keys must be unique");
  }

  private Value build() {
    if (value != null) {
      return value;
    }
    if (elements != null) {
      return RegoSet.of(elements);
    }
    Map<Value, Value> map = new HashMap<>();
    if (fields != null) {
      fields.forEach((k, c) -> map.put(k, c.build()));
    }
    return RegoObject.of(map);
  }
}
