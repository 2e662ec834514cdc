// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

import java.util.List;
import org.cofferdam.core.rego.ErrorCode;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** All rules of one name. */
public final class RuleSet implements Callable {
  /** What the rules make together. */
  public enum Kind {
    COMPLETE,
    FUNCTION,
    SET,
    OBJECT
  }

  private static final Object UNDEFINED = new Object();

  private final int id;
  private final String name;
  private final Kind kind;
  private List<Rule> rules = List.of();
  private @Nullable Rule defaultRule;
  private @Nullable Index index;

  public RuleSet(int id, String name, Kind kind) {
    this.id = id;
    this.name = name;
    this.kind = kind;
  }

  /** Sets what the planner made of the rules. */
  public void define(List<Rule> all, @Nullable Rule byDefault, @Nullable Index by) {
    rules = all;
    defaultRule = byDefault;
    index = by;
  }

  public String name() {
    return name;
  }

  public Kind kind() {
    return kind;
  }

  public boolean isFunction() {
    return kind == Kind.FUNCTION;
  }

  /** The document that the rules make, or null for undefined. */
  @Nullable Value value(Machine m, Context c) {
    Object known = c.cached(id);
    if (known != null) {
      return known == UNDEFINED ? null : (Value) known;
    }
    Value v = evaluate(m, c, null);
    c.cache(id, v == null ? UNDEFINED : v);
    return v;
  }

  @Override
  public @Nullable Value call(Machine m, Context c, Value[] args) {
    if (kind != Kind.FUNCTION) {
      return value(m, c);
    }
    CallKey key = new CallKey(id, args);
    Object known = c.calls().get(key);
    if (known != null) {
      return known == UNDEFINED ? null : (Value) known;
    }
    Value v = evaluate(m, c, args);
    m.charge(1);
    c.calls().put(key, v == null ? UNDEFINED : v);
    return v;
  }

  private @Nullable Value evaluate(Machine m, Context c, Value @Nullable [] args) {
    m.enter();
    if (m.tracer != null) {
      m.tracer.begin(this);
    }
    List<Rule> candidates =
        index == null || m.tracer != null ? rules : index.candidates(new Frame(0, m, c), args);
    Value v =
        kind == Kind.COMPLETE || kind == Kind.FUNCTION
            ? single(m, c, candidates, args)
            : Collector.collect(kind, candidates, m, c);
    boolean held = v != null && v.truthy();
    if (v == null && defaultRule != null) {
      v = defaultRule.only(m, c, args);
    }
    if (m.tracer != null) {
      m.tracer.end(this, held);
    }
    m.leave();
    return v;
  }

  private @Nullable Value single(
      Machine m, Context c, List<Rule> candidates, Value @Nullable [] args) {
    Single result = new Single(this);
    for (Rule r : candidates) {
      if (result.value != null && result.value.equals(r.constant())) {
        continue;
      }
      r.solve(m, c, args, result);
    }
    return result.value;
  }

  /** Takes the one value that all solutions must agree on. */
  static final class Single implements Rule.Solutions {
    private final RuleSet owner;
    private @Nullable Value value;

    Single(RuleSet owner) {
      this.owner = owner;
    }

    @Override
    public boolean take(Rule rule, Rule.Branch branch, Frame f) {
      Value v = branch.value().eval(f);
      if (v == null) {
        return false;
      }
      if (value != null && !value.equals(v)) {
        throw new RegoException(
            ErrorCode.EVAL_CONFLICT_ERROR,
            rule.at(),
            owner.isFunction()
                ? "function " + owner.name + " produced conflicting values for the same inputs"
                : "rule " + owner.name + " produced conflicting values");
      }
      value = v;
      return branch.constant();
    }
  }
}
