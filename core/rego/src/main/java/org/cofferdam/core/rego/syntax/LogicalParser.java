// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.syntax;

import java.util.List;
import org.cofferdam.core.rego.Location;
import org.cofferdam.core.rego.RegoException;
import org.jspecify.annotations.Nullable;

/**
 * Parses {@code and} and {@code or} between literals ({@code rego.v2}); {@code and} binds tighter.
 */
final class LogicalParser {
  private final Tokens t;
  private final ExprParser exprs;

  LogicalParser(Tokens t, ExprParser exprs) {
    this.t = t;
    this.exprs = exprs;
  }

  private boolean operator() {
    return t.atKeyword("and") || t.atKeyword("or");
  }

  /** A literal that begins with a brace or parenthesis and is an operand, or null. */
  @Nullable List<Expr> leading() {
    int start = t.position();
    int depth = t.depth();
    Location at = t.here();
    if (t.at("{")) {
      try {
        t.next();
        List<Expr> body = exprs.body("}");
        t.expect("}");
        if (operator()) {
          Expr e = chain(body, at);
          return List.of(t.atKeyword("with") ? e.withAll(exprs.withs()) : e);
        }
      } catch (RegoException e) {
        t.depth(depth);
      }
      t.back(start);
      return null;
    }
    if (t.at("(")) {
      List<Expr> group = group(false);
      if (group != null) {
        if (operator()) {
          Expr e = chain(group, at);
          return List.of(t.atKeyword("with") ? e.withAll(exprs.withs()) : e);
        }
        return group.size() == 1 ? List.of(exprs.tail(group.getFirst())) : null;
      }
    }
    return null;
  }

  /** {@code lhs (and|or operand)*}. */
  Expr chain(List<Expr> first, Location at) {
    t.enter();
    int start = t.position();
    List<Expr> left = ands(first, at);
    while (t.takeKeyword("or")) {
      List<Expr> right = ands(operand(), at);
      left =
          List.of(
              new Expr(
                  new Expr.Logical(true, left, right), false, List.of(), at, t.textFrom(start)));
    }
    t.leave();
    return left.getFirst();
  }

  private List<Expr> ands(List<Expr> first, Location at) {
    List<Expr> left = first;
    int start = t.position();
    while (t.takeKeyword("and")) {
      List<Expr> right = operand();
      left =
          List.of(
              new Expr(
                  new Expr.Logical(false, left, right), false, List.of(), at, t.textFrom(start)));
    }
    return left;
  }

  private List<Expr> operand() {
    int start = t.position();
    Location at = t.here();
    if (t.at("{")) {
      t.next();
      List<Expr> body = exprs.body("}");
      t.expect("}");
      return body;
    }
    boolean negated = t.takeKeyword("not");
    if (negated && t.keywords.notBodies() && t.at("{")) {
      t.next();
      List<Expr> body = exprs.body("}");
      t.expect("}");
      return List.of(new Expr(new Expr.Not(body), false, List.of(), at, t.textFrom(start)));
    }
    if (t.at("(") && (!negated || t.keywords.notBodies())) {
      List<Expr> group = group(true);
      if (group != null) {
        return negated
            ? List.of(new Expr(new Expr.Not(group), false, List.of(), at, t.textFrom(start)))
            : group;
      }
    }
    Expr e = exprs.plain(t.position(), at);
    if (!negated) {
      return List.of(e);
    }
    return List.of(
        t.keywords.notBodies()
            ? new Expr(new Expr.Not(List.of(e)), false, List.of(), at, t.textFrom(start))
            : new Expr(e.form(), true, List.of(), at, t.textFrom(start)));
  }

  /** {@code ( … )} where it groups operands, or null where it is a term. */
  @Nullable List<Expr> group(boolean inOperand) {
    int start = t.position();
    int depth = t.depth();
    Location at = t.here();
    try {
      t.next();
      t.enter();
      List<Expr> left = operand();
      List<Expr> result = null;
      if (operator()) {
        Expr e = chain(left, at);
        result = List.of(t.atKeyword("with") ? e.withAll(exprs.withs()) : e);
      } else if (t.atKeyword("with") && left.size() == 1) {
        result = List.of(left.getFirst().withAll(exprs.withs()));
      } else if (left.size() == 1 && logicalOrNot(left.getFirst())) {
        result = left;
      }
      if (result != null && t.take(")") && (inOperand || operator() || !withOnly(result))) {
        t.leave();
        return result;
      }
    } catch (RegoException e) {
      t.depth(depth);
    }
    t.depth(depth);
    t.back(start);
    return null;
  }

  private static boolean withOnly(List<Expr> e) {
    return e.size() == 1 && e.getFirst().form() instanceof Expr.Holds;
  }

  private static boolean logicalOrNot(Expr e) {
    return e.negated() || e.form() instanceof Expr.Not || e.form() instanceof Expr.Logical;
  }
}
