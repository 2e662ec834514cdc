// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.Value;

/** A pattern that a value must fit; variables in it become bound. */
@FunctionalInterface
public interface Matcher {
  /** True where {@code v} fits. */
  boolean match(Frame f, Value v);

  /** Anything. */
  Matcher ANY = (f, v) -> true;

  /** Binds a variable. */
  static Matcher bind(int slot) {
    return (f, v) -> {
      f.slots[slot] = v;
      return true;
    };
  }

  /** Compares with a value known by then. */
  static Matcher equal(Ev ev) {
    return (f, v) -> {
      Value x = ev.eval(f);
      return x != null && x.equals(v);
    };
  }

  /** An array of this length whose elements fit. */
  static Matcher array(Matcher[] items) {
    return (f, v) -> {
      if (!(v instanceof RegoArray a) || a.size() != items.length) {
        return false;
      }
      for (int i = 0; i < items.length; i++) {
        if (!items[i].match(f, a.valueAt(i))) {
          return false;
        }
      }
      return true;
    };
  }

  /** An object with exactly these keys whose values fit. */
  static Matcher object(Ev[] keys, Matcher[] values) {
    return (f, v) -> {
      if (!(v instanceof RegoObject o) || o.size() != keys.length) {
        return false;
      }
      for (int i = 0; i < keys.length; i++) {
        Value k = keys[i].eval(f);
        Value x = k == null ? null : o.get(k);
        if (x == null || !values[i].match(f, x)) {
          return false;
        }
      }
      return true;
    };
  }
}
