// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.eval;

import java.util.List;
import org.cofferdam.core.rego.Location;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * A rule ready to run.
 *
 * @param slots size of its frame
 * @param args patterns of a function's arguments
 * @param constant the value where every branch gives the same constant
 */
public record Rule(
    int slots, List<Matcher> args, List<Branch> branches, @Nullable Value constant, Location at) {
  /**
   * A body and what it gives.
   *
   * @param suffix keys below the rule's name
   * @param key the element of a set, null for anything else
   * @param value the value
   * @param constant true where all solutions give the same
   */
  public record Branch(Body body, List<Ev> suffix, @Nullable Ev key, Ev value, boolean constant) {}

  /** Takes solutions. */
  interface Solutions {
    /** Takes one; true to be given no more of this rule. */
    boolean take(Rule rule, Branch branch, Frame f);
  }

  /** Runs the bodies in order until one has a solution. */
  void solve(Machine m, Context c, Value @Nullable [] given, Solutions solutions) {
    Frame f = new Frame(slots, m, c);
    for (int i = 0; i < args.size(); i++) {
      if (given == null || !args.get(i).match(f, given[i])) {
        return;
      }
    }
    if (branches.size() == 1) {
      Branch b = branches.getFirst();
      b.body().run(f, s -> solutions.take(this, b, s));
      return;
    }
    boolean[] found = new boolean[1];
    for (Branch b : branches) {
      b.body()
          .run(
              f,
              s -> {
                if (b.value().eval(s) != null) {
                  found[0] = true;
                }
                return solutions.take(this, b, s);
              });
      if (found[0]) {
        return;
      }
    }
  }

  /** The value of a default rule. */
  @Nullable Value only(Machine m, Context c, Value @Nullable [] given) {
    Value[] out = new Value[1];
    solve(
        m,
        c,
        given,
        (r, b, f) -> {
          Value v = b.value().eval(f);
          if (v != null) {
            out[0] = v;
          }
          return true;
        });
    return out[0];
  }
}
