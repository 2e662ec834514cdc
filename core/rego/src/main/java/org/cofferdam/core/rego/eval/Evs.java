// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.rego.ErrorCode;
import org.cofferdam.core.rego.Location;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoSet;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** The kinds of terms. */
public final class Evs {
  private Evs() {}

  /** A constant. */
  public static Ev constant(Value v) {
    return f -> v;
  }

  /** A variable. */
  public static Ev local(int slot) {
    return f -> f.slots[slot];
  }

  /** The input document. */
  public static Ev input() {
    return f -> f.context.input;
  }

  /** {@code base[k1][k2]…} with constant keys. */
  public static Ev path(Ev base, Value[] keys) {
    if (keys.length == 1) {
      Value key = keys[0];
      return f -> {
        Value v = base.eval(f);
        return v == null ? null : v.get(key);
      };
    }
    return f -> {
      Value v = base.eval(f);
      for (int i = 0; v != null && i < keys.length; i++) {
        v = v.get(keys[i]);
      }
      return v;
    };
  }

  /** {@code base[k1][k2]…}. */
  public static Ev path(Ev base, Ev[] keys) {
    return f -> {
      Value v = base.eval(f);
      for (int i = 0; v != null && i < keys.length; i++) {
        Value k = keys[i].eval(f);
        v = k == null ? null : v.get(k);
      }
      return v;
    };
  }

  /** What a rule gives. */
  public static Ev rule(RuleSet rules, RuleNode root, Value[] path) {
    return f -> {
      if (f.context.hidden != null && hides(root, path, f.context.hidden)) {
        Value v = f.context.data;
        for (int i = 0; v != null && i < path.length; i++) {
          v = v.get(path[i]);
        }
        return v;
      }
      return rules.value(f.machine, f.context);
    };
  }

  private static boolean hides(RuleNode root, Value[] path, Set<RuleNode> hidden) {
    RuleNode n = root;
    for (Value name : path) {
      n = n == null ? null : n.child(name);
      if (n == null) {
        return false;
      }
      if (hidden.contains(n)) {
        return true;
      }
    }
    return hidden.contains(root);
  }

  /**
   * The document at a place that leads to rules, or to data only where {@code node} ends before.
   */
  public static Ev document(RuleNode root, Value[] path) {
    return f -> {
      RuleNode n = root;
      Value v = f.context.data;
      for (Value key : path) {
        if (n != null && f.context.hidden != null && f.context.hidden.contains(n)) {
          n = null;
        }
        n = n == null ? null : n.child(key);
        v = RuleNode.base(v, key);
      }
      return RuleNode.document(n, v, f.machine, f.context);
    };
  }

  /** A reference into {@code data} with keys known only now. */
  public static Ev dynamic(RuleNode root, Ev[] keys) {
    return f -> {
      RuleNode n = root;
      Value v = f.context.data;
      for (Ev ev : keys) {
        Value key = ev.eval(f);
        if (key == null) {
          return null;
        }
        if (n != null && f.context.hidden != null && f.context.hidden.contains(n)) {
          n = null;
        }
        if (n != null && n.rules() != null) {
          v = RuleNode.document(n, v, f.machine, f.context);
          n = null;
        }
        n = n == null ? null : n.child(key);
        v = RuleNode.base(v, key);
        if (v == null && n == null) {
          return null;
        }
      }
      return RuleNode.document(n, v, f.machine, f.context);
    };
  }

  private static Value @Nullable [] all(Ev[] terms, Frame f) {
    Value[] out = new Value[terms.length];
    for (int i = 0; i < terms.length; i++) {
      Value v = terms[i].eval(f);
      if (v == null) {
        return null;
      }
      out[i] = v;
    }
    return out;
  }

  /** An array. */
  public static Ev array(Ev[] items) {
    return f -> {
      Value[] all = all(items, f);
      return all == null ? null : RegoArray.of(all);
    };
  }

  /** A set. */
  public static Ev set(Ev[] items) {
    return f -> {
      Value[] all = all(items, f);
      return all == null ? null : RegoSet.of(all);
    };
  }

  /** An object. */
  public static Ev object(Ev[] keys, Ev[] values) {
    return f -> {
      Map<Value, Value> map = new HashMap<>();
      for (int i = 0; i < keys.length; i++) {
        Value k = keys[i].eval(f);
        Value v = k == null ? null : values[i].eval(f);
        if (k == null || v == null) {
          return null;
        }
        map.put(k, v);
      }
      return RegoObject.of(map);
    };
  }

  /** {@code [value | body]}. */
  public static Ev arrayOf(Ev value, Body body) {
    return f -> {
      List<Value> out = new ArrayList<>();
      body.run(
          f,
          s -> {
            Value v = value.eval(s);
            if (v != null) {
              s.machine.charge(1);
              out.add(v);
            }
            return false;
          });
      return RegoArray.of(out);
    };
  }

  /** {@code {value | body}}. */
  public static Ev setOf(Ev value, Body body) {
    return f -> {
      Set<Value> out = new HashSet<>();
      body.run(
          f,
          s -> {
            Value v = value.eval(s);
            if (v != null && out.add(v)) {
              s.machine.charge(1);
            }
            return false;
          });
      return RegoSet.of(out);
    };
  }

  /** {@code {key: value | body}}. */
  public static Ev objectOf(Ev key, Ev value, Body body, Location at) {
    return f -> {
      Map<Value, Value> out = new HashMap<>();
      body.run(
          f,
          s -> {
            Value k = key.eval(s);
            Value v = k == null ? null : value.eval(s);
            if (k != null && v != null) {
              Value old = out.put(k, v);
              s.machine.charge(1);
              if (old != null && !old.equals(v)) {
                throw new RegoException(
                    ErrorCode.EVAL_CONFLICT_ERROR, at, "object keys must be unique");
              }
            }
            return false;
          });
      return RegoObject.of(out);
    };
  }

  /** A template string. */
  public static Ev format(String[] texts, @Nullable Ev[] holes, Location at) {
    return f -> {
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < texts.length; i++) {
        Ev hole = holes[i];
        if (hole == null) {
          out.append(texts[i]);
          continue;
        }
        Value values = hole.eval(f);
        if (values == null || values.size() == 0) {
          out.append("<undefined>");
        } else if (values.size() > 1) {
          throw new RegoException(
              ErrorCode.EVAL_CONFLICT_ERROR,
              at,
              "template-strings must not produce multiple outputs");
        } else {
          Value v = values.valueAt(0);
          out.append(v instanceof RegoString s ? s.value() : v.toString());
        }
      }
      f.machine.charge(out.length());
      return RegoString.of(out.toString());
    };
  }

  /** A call. */
  public static Ev call(Callable callee, String name, Ev[] args) {
    return f -> {
      Value[] all = all(args, f);
      if (all == null) {
        return null;
      }
      Context c = f.context;
      Context.Mock mock = c.mocks == null ? null : c.mocks.get(name);
      if (mock != null) {
        Callable other = mock.function();
        return other == null
            ? mock.value()
            : other.call(f.machine, c.with(c.input, c.data, c.hidden, null), all);
      }
      return callee.call(f.machine, c, all);
    };
  }
}
