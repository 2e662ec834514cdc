// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Runs a literal with other documents or functions. */
public record WithStep(List<Change> changes, Body body, RuleNode root, Origin origin)
    implements Step.Scan {
  /** What is replaced. */
  public enum Kind {
    INPUT,
    DATA,
    FUNCTION
  }

  /**
   * One modifier.
   *
   * @param path below input or data; a function's name
   * @param function what stands for the function, null where {@code value} does
   */
  public record Change(
      Kind kind, List<Value> path, String name, @Nullable Callable function, Ev value) {}

  @Override
  public boolean scan(Frame f, Body rest, int next, Sink sink) {
    Context old = f.context;
    Context changed = change(f);
    if (changed == null) {
      return false;
    }
    f.context = changed;
    try {
      return body.run(
          f,
          s -> {
            s.context = old;
            try {
              return rest.resume(this, s, next, sink);
            } finally {
              s.context = changed;
            }
          });
    } finally {
      f.context = old;
    }
  }

  private @Nullable Context change(Frame f) {
    Context c = f.context;
    Value input = c.input;
    Value data = c.data;
    Set<RuleNode> hidden = c.hidden == null ? null : new HashSet<>(c.hidden);
    Map<String, Context.Mock> mocks = c.mocks == null ? null : new HashMap<>(c.mocks);
    for (Change change : changes) {
      Value v = change.value.eval(f);
      if (v == null) {
        return null;
      }
      switch (change.kind) {
        case INPUT -> input = put(input, change.path, 0, v);
        case DATA -> {
          data = put(data, change.path, 0, v);
          hidden = hidden == null ? new HashSet<>() : hidden;
          RuleNode n = root;
          for (int i = 0; n != null && i < change.path.size(); i++) {
            n = n.child(change.path.get(i));
          }
          if (n != null) {
            hidden.add(n);
          }
        }
        case FUNCTION -> {
          mocks = mocks == null ? new HashMap<>() : mocks;
          mocks.put(change.name, new Context.Mock(change.function, v));
        }
      }
    }
    return c.with(input, data, hidden, mocks);
  }

  private static Value put(@Nullable Value base, List<Value> path, int i, Value v) {
    if (i == path.size()) {
      return v;
    }
    Map<Value, Value> map = base instanceof RegoObject o ? o.toMap() : new HashMap<>();
    map.put(path.get(i), put(map.get(path.get(i)), path, i + 1, v));
    return RegoObject.of(map);
  }
}
