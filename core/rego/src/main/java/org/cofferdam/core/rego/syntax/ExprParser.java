// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.syntax;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.rego.Location;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.syntax.Token.Kind;
import org.jspecify.annotations.Nullable;

/** Parses bodies and the literals in them. */
final class ExprParser {
  private final Tokens t;
  final TermParser terms;

  ExprParser(Tokens t) {
    this.t = t;
    terms = new TermParser(t, this);
  }

  /**
   * Literals up to, and not including, {@code end}; the empty string stands for the end of the
   * text.
   */
  List<Expr> body(String end) {
    if (ends(end)) {
      throw t.fail(t.here(), "found empty body");
    }
    t.enter();
    List<Expr> body = new ArrayList<>();
    while (true) {
      body.add(literal());
      if (t.take(";")) {
        if (ends(end)) {
          break;
        }
        continue;
      }
      if (ends(end)) {
        break;
      }
      if (!t.peek().newline()) {
        throw t.unexpected("expected a new line, ';' or '" + end + "'");
      }
    }
    t.leave();
    return body;
  }

  private boolean ends(String end) {
    return end.isEmpty() ? t.done() : t.at(end);
  }

  /** The expression in a template string. */
  Expr hole() {
    int start = t.position();
    return literalExpr(start, t.here(), false);
  }

  Expr literal() {
    int start = t.position();
    Location at = t.here();
    if (t.keywords.logical()) {
      List<Expr> group = new LogicalParser(t, this).leading();
      if (group != null) {
        return group.getFirst();
      }
    }
    boolean negated = t.takeKeyword("not");
    if (negated && t.keywords.notBodies() && t.at("{")) {
      t.next();
      List<Expr> body = body("}");
      t.expect("}");
      return tail(new Expr(new Expr.Not(body), false, List.of(), at, t.textFrom(start)));
    }
    if (t.atKeyword("some") || t.atKeyword("every")) {
      if (negated) {
        throw t.unexpected("illegal negation");
      }
      boolean some = t.takeKeyword("some");
      if (!some) {
        t.next();
      }
      return some ? some(start, at) : every(start, at);
    }
    if (negated && t.keywords.notBodies() && t.keywords.logical() && t.at("(")) {
      List<Expr> group = new LogicalParser(t, this).group(true);
      if (group != null) {
        return tail(new Expr(new Expr.Not(group), false, List.of(), at, t.textFrom(start)));
      }
    }
    return literalExpr(start, at, negated);
  }

  private Expr literalExpr(int start, Location at, boolean negated) {
    Expr e = plain(start, at);
    List<Expr.With> withs = withs();
    Expr full;
    if (negated && t.keywords.notBodies()) {
      full = new Expr(new Expr.Not(List.of(e)), false, withs, at, t.textFrom(start));
    } else {
      full = new Expr(e.form(), negated, withs, at, t.textFrom(start));
    }
    if (t.atKeyword("and") || t.atKeyword("or")) {
      if (!withs.isEmpty()) {
        throw t.unexpected("`with` modifier is not allowed on an operand");
      }
      return tail(full);
    }
    return full;
  }

  /** Goes on with {@code and}/{@code or} after a complete operand, then with its modifiers. */
  Expr tail(Expr first) {
    Expr e = first;
    if (t.atKeyword("and") || t.atKeyword("or")) {
      e = new LogicalParser(t, this).chain(List.of(first), first.at());
    }
    return t.atKeyword("with") ? e.withAll(withs()) : e;
  }

  /** A literal without negation and modifiers. */
  Expr plain(int start, Location at) {
    Term left = terms.infix(true);
    Expr.Form form;
    if (t.take(":=")) {
      form = new Expr.Assign(left, terms.infix(true));
    } else if (t.take("=")) {
      form = new Expr.Unify(left, terms.infix(true));
    } else {
      form = new Expr.Holds(left);
    }
    return new Expr(form, false, List.of(), at, t.textFrom(start));
  }

  List<Expr.With> withs() {
    List<Expr.With> withs = new ArrayList<>();
    while (t.atKeyword("with")) {
      Location at = t.here();
      t.next();
      Term target = terms.term();
      if (!(target instanceof Term.Var || target instanceof Term.Ref)) {
        throw t.fail(at, "expected with target path");
      }
      if (!t.takeKeyword("as")) {
        throw t.unexpected("expected 'as'");
      }
      withs.add(new Expr.With(target, terms.infix(true), at));
    }
    return withs;
  }

  private Expr some(int start, Location at) {
    int back = t.position();
    Expr.@Nullable SomeIn in = someIn();
    if (in != null) {
      List<Expr.With> withs = withs();
      return new Expr(in, false, withs, at, t.textFrom(start));
    }
    t.back(back);
    List<Term.Var> vars = new ArrayList<>();
    do {
      if (t.peek().kind() != Kind.WORD || t.keywords.isKeyword(t.peek().text())) {
        throw t.unexpected("expected a variable");
      }
      Location varAt = t.here();
      String name = t.next().text();
      vars.add(new Term.Var(name.equals("_") ? t.wildcard() : name, varAt));
    } while (t.take(","));
    return new Expr(new Expr.Some(vars), false, List.of(), at, t.textFrom(start));
  }

  private Expr.@Nullable SomeIn someIn() {
    int depth = t.depth();
    Term term;
    try {
      term = terms.infix(true);
    } catch (RegoException e) {
      t.depth(depth);
      return null;
    }
    if (term instanceof Term.Call c) {
      if (c.name().equals(TermParser.MEMBER_2)) {
        return new Expr.SomeIn(null, c.args().get(0), c.args().get(1));
      }
      if (c.name().equals(TermParser.MEMBER_3)) {
        return new Expr.SomeIn(c.args().get(0), c.args().get(1), c.args().get(2));
      }
      throw t.unexpected("expected `x in xs` or `x, y in xs` expression");
    }
    return null;
  }

  private Expr every(int start, Location at) {
    Term term = terms.infix(true);
    if (!(term instanceof Term.Call c)
        || !(c.name().equals(TermParser.MEMBER_2) || c.name().equals(TermParser.MEMBER_3))) {
      throw t.unexpected("expected `x[, y] in xs { ... }` expression");
    }
    boolean pair = c.args().size() == 3;
    if (!(c.args().get(pair ? 1 : 0) instanceof Term.Var value)
        || (pair && !(c.args().get(0) instanceof Term.Var))) {
      throw t.fail(at, "expected key and value of every to be variables");
    }
    Term.@Nullable Var key = pair ? (Term.Var) c.args().get(0) : null;
    t.expect("{");
    List<Expr> body = body("}");
    t.expect("}");
    List<Expr.With> withs = withs();
    Expr.Every form = new Expr.Every(key, value, c.args().getLast(), body);
    return new Expr(form, false, withs, at, t.textFrom(start));
  }
}
