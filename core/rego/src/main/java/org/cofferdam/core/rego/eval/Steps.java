// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

import java.util.List;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** The kinds of steps. */
public final class Steps {
  private Steps() {}

  /** The value is defined and not false. */
  public record Holds(Ev value, Origin origin) implements Step.Test {
    @Override
    public boolean test(Frame f) {
      Value v = value.eval(f);
      return v != null && v != RegoBoolean.FALSE;
    }
  }

  /** Binds a variable to a value. */
  public record Bind(int slot, Ev value, Origin origin) implements Step.Test {
    @Override
    public boolean test(Frame f) {
      Value v = value.eval(f);
      f.slots[slot] = v;
      return v != null;
    }
  }

  /** Two values are equal. */
  public record Equal(Ev left, Ev right, Origin origin) implements Step.Test {
    @Override
    public boolean test(Frame f) {
      Value a = left.eval(f);
      if (a == null) {
        return false;
      }
      Value b = right.eval(f);
      return b != null && a.equals(b);
    }
  }

  /** A value fits a pattern. */
  public record Fit(Matcher pattern, Ev value, Origin origin) implements Step.Test {
    @Override
    public boolean test(Frame f) {
      Value v = value.eval(f);
      return v != null && pattern.match(f, v);
    }
  }

  /** Never holds. */
  public record Fail(Origin origin) implements Step.Test {
    @Override
    public boolean test(Frame f) {
      return false;
    }
  }

  /** The body has no solution. */
  public record Not(Body body, Origin origin) implements Step.Test {
    @Override
    public boolean test(Frame f) {
      Tracer tracer = f.machine.tracer;
      if (tracer == null) {
        return !body.run(f, Sink.FIRST);
      }
      tracer.quiet();
      try {
        return !body.run(f, Sink.FIRST);
      } finally {
        tracer.loud();
      }
    }
  }

  /** One body, or each of two, has a solution. */
  public record Logical(boolean or, Body left, Body right, Origin origin) implements Step.Test {
    @Override
    public boolean test(Frame f) {
      boolean l = left.run(f, Sink.FIRST);
      return l == or ? or : right.run(f, Sink.FIRST);
    }
  }

  /** Every element satisfies the body. */
  public record Every(int key, int value, Ev domain, Body body, Origin origin)
      implements Step.Test {
    @Override
    public boolean test(Frame f) {
      Value d = domain.eval(f);
      if (d == null || !d.isCollection()) {
        return false;
      }
      for (int i = 0; i < d.size(); i++) {
        f.machine.step();
        if (key >= 0) {
          f.slots[key] = d.keyAt(i);
        }
        f.slots[value] = d.valueAt(i);
        if (!body.run(f, Sink.FIRST)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Shows values; always holds. */
  public record Print(List<Ev> args, Origin origin) implements Step.Test {
    @Override
    public boolean test(Frame f) {
      StringBuilder line = new StringBuilder();
      for (Ev arg : args) {
        Value v = arg.eval(f);
        line.append(line.isEmpty() ? "" : " ");
        if (v == null || v.size() == 0) {
          line.append("<undefined>");
          continue;
        }
        Value x = v.valueAt(0);
        line.append(x instanceof RegoString s ? s.value() : x.toString());
      }
      f.machine.print(line.toString());
      return true;
    }
  }

  /** Visits the elements of a collection. */
  public record Iterate(Ev base, Matcher key, @Nullable Matcher value, Origin origin)
      implements Step.Scan {
    @Override
    public boolean scan(Frame f, Body rest, int next, Sink sink) {
      Value b = base.eval(f);
      if (b == null) {
        return false;
      }
      int n = b.size();
      for (int i = 0; i < n; i++) {
        f.machine.step();
        if (key.match(f, b.keyAt(i))
            && (value == null || value.match(f, b.valueAt(i)))
            && rest.resume(this, f, next, sink)) {
          return true;
        }
      }
      return false;
    }
  }

  /** {@code walk}: every path and value of a document, the document itself first. */
  public record Walk(Ev base, Matcher pair, Origin origin) implements Step.Scan {
    @Override
    public boolean scan(Frame f, Body rest, int next, Sink sink) {
      Value b = base.eval(f);
      return b != null && visit(f, b, new Value[0], rest, next, sink);
    }

    private boolean visit(Frame f, Value v, Value[] path, Body rest, int next, Sink sink) {
      f.machine.step();
      f.machine.charge(path.length + 2L);
      Value p = RegoArray.of(path.clone());
      if (pair.match(f, RegoArray.of(p, v)) && rest.resume(this, f, next, sink)) {
        return true;
      }
      for (int i = 0; i < v.size(); i++) {
        Value[] longer = java.util.Arrays.copyOf(path, path.length + 1);
        longer[path.length] = v instanceof RegoArray ? RegoNumber.of(i) : v.keyAt(i);
        if (visit(f, v.valueAt(i), longer, rest, next, sink)) {
          return true;
        }
      }
      return false;
    }
  }
}
