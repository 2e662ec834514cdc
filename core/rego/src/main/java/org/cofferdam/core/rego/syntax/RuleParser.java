// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.syntax;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.rego.Location;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.syntax.Token.Kind;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.jspecify.annotations.Nullable;

/** Parses rules, in the new syntax and the old one. */
final class RuleParser {
  private static final int MAX_ELSE = 1000;

  private final Tokens t;
  private final ExprParser exprs;

  RuleParser(Tokens t, ExprParser exprs) {
    this.t = t;
    this.exprs = exprs;
  }

  /** What stands before the body. */
  private record Head(
      List<Term> path,
      @Nullable List<Term> args,
      @Nullable Term key,
      @Nullable Term value,
      boolean assigned,
      Location at) {
    boolean bracket() {
      return args == null && key == null && path.size() == 2;
    }
  }

  List<Rule> rules() {
    int start = t.position();
    Location at = t.here();
    boolean isDefault = t.takeKeyword("default");
    Token first = t.peek();
    if (first.kind() != Kind.WORD || (t.keywords.isKeyword(first.text()) && !t.headOfRef())) {
      if (first.kind() == Kind.WORD) {
        throw t.unexpected("keyword cannot be used for rule name");
      }
      throw t.unexpected("expected a rule");
    }
    Head head = head();
    if (isDefault) {
      return List.of(defaultRule(head, at, start));
    }
    return bodies(head, at, start);
  }

  private Head head() {
    Location at = t.here();
    Term.Var name = new Term.Var(t.next().text(), at);
    List<Term> path = new ArrayList<>();
    path.add(Parser.string(name.name(), at));
    List<Term> args = null;
    while (t.peek().glued() && t.peek().kind() == Kind.SYMBOL) {
      if (t.take("[")) {
        path.add(exprs.terms.infix(true));
        t.expect("]");
      } else if (t.take(".")) {
        if (t.peek().kind() != Kind.WORD) {
          throw t.unexpected("expected a name after '.'");
        }
        path.add(Parser.string(t.peek().text(), t.here()));
        t.next();
      } else if (t.take("(")) {
        args = args();
        break;
      } else {
        break;
      }
    }
    if (t.takeKeyword("contains")) {
      if (args != null) {
        throw t.fail(at, "the contains keyword can only be used with multi-value rule definitions");
      }
      return new Head(path, null, exprs.terms.infix(true), null, false, at);
    }
    boolean assigned = t.at(":=");
    if (t.take(":=") || t.take("=")) {
      return new Head(path, args, null, exprs.terms.infix(true), assigned, at);
    }
    return new Head(path, args, null, null, false, at);
  }

  private List<Term> args() {
    List<Term> args = new ArrayList<>();
    while (!t.at(")")) {
      args.add(exprs.terms.infix(false));
      if (!t.take(",")) {
        break;
      }
    }
    t.expect(")");
    return args;
  }

  private Rule defaultRule(Head head, Location at, int start) {
    if (head.value() == null) {
      throw t.unexpected("default rule must have a value");
    }
    if (head.key() != null || head.path().stream().anyMatch(p -> !(p instanceof Term.Const))) {
      throw t.fail(at, "default rules cannot be partial");
    }
    Terms.checkDefault(head.value(), head.args(), at);
    List<Rule.Branch> body = List.of(new Rule.Branch(head.value(), List.of(), head.assigned(), at));
    return new Rule(
        head.path(), head.args(), null, head.value(), true, false, body, at, t.textFrom(start));
  }

  private List<Rule> bodies(Head given, Location at, int start) {
    Head head = given;
    boolean hasIf = t.takeKeyword("if");
    boolean hasBody = hasIf || t.at("{");
    boolean oldPartial = false;
    if (!hasIf && head.bracket()) {
      boolean strict = t.keywords.strict();
      if (head.value() == null && !strict) {
        // p[x] { … } and p["x"] are elements of the set p
        head =
            new Head(List.of(head.path().get(0)), null, head.path().get(1), null, false, head.at());
      } else {
        oldPartial = head.value() != null && hasBody;
      }
    }
    if (t.keywords.strict()) {
      strict(given, hasIf, hasBody, at);
    }
    if (head.value() == null && head.key() == null) {
      if (!hasBody && (head.args() != null || head.path().size() < 3)) {
        throw t.unexpected("expected a rule body or value");
      }
      head =
          new Head(
              head.path(),
              head.args(),
              null,
              new Term.Const(RegoBoolean.TRUE, head.at()),
              false,
              head.at());
    }
    List<Rule> rules = new ArrayList<>();
    List<Rule.Branch> branches = new ArrayList<>();
    branches.add(
        new Rule.Branch(head.value(), hasBody ? ruleBody(hasIf) : List.of(), head.assigned(), at));
    if (t.atKeyword("else")) {
      if (head.key() != null || head.path().stream().anyMatch(p -> !(p instanceof Term.Const))) {
        throw t.unexpected("else keyword cannot be used on partial rules");
      }
      elses(branches);
    }
    rules.add(rule(head, oldPartial, branches, at, start));
    while (hasBody && t.at("{")) {
      if (branches.size() > 1) {
        throw t.unexpected("expected else keyword");
      }
      if (t.keywords.strict()) {
        throw t.unexpected("`if` keyword is required before rule body");
      }
      List<Rule.Branch> next =
          List.of(new Rule.Branch(head.value(), ruleBody(false), head.assigned(), t.here()));
      rules.add(rule(head, oldPartial, next, at, start));
    }
    return rules;
  }

  private void strict(Head head, boolean hasIf, boolean hasBody, Location at) {
    if (hasBody && !hasIf) {
      throw t.fail(at, "`if` keyword is required before rule body");
    }
    if (head.bracket() && head.value() == null && !hasIf) {
      throw t.fail(at, "`contains` keyword is required for partial set rules");
    }
  }

  private Rule rule(Head h, boolean old, List<Rule.Branch> branches, Location at, int start) {
    return new Rule(
        h.path(), h.args(), h.key(), h.value(), false, old, branches, at, t.textFrom(start));
  }

  private List<Expr> ruleBody(boolean afterIf) {
    if (afterIf && !t.at("{")) {
      return List.of(exprs.literal());
    }
    int start = t.position();
    int depth = t.depth();
    if (afterIf) {
      // A brace may begin a literal, as in `if {1, 2} == x`; a set alone is a body.
      try {
        Expr e = exprs.literal();
        boolean set =
            e.form() instanceof Expr.Holds h
                && h.term() instanceof Term.SetTerm
                && e.withs().isEmpty();
        if (!set && e.form() instanceof Expr.Logical) {
          return List.of(e);
        }
        if (!set
            && !t.at("{")
            && (t.done() || t.peek().newline() || t.atKeyword("else") || t.at(";"))) {
          return List.of(e);
        }
      } catch (RegoException e) {
        t.depth(depth);
      }
      t.back(start);
    }
    t.expect("{");
    List<Expr> body = exprs.body("}");
    t.expect("}");
    return body;
  }

  private void elses(List<Rule.Branch> branches) {
    while (t.atKeyword("else")) {
      Location at = t.here();
      t.next();
      Term value = new Term.Const(RegoBoolean.TRUE, at);
      boolean assigned = t.at(":=");
      boolean hasValue = t.take(":=") || t.take("=");
      if (hasValue) {
        value = exprs.terms.infix(true);
      }
      boolean hasIf = t.takeKeyword("if");
      boolean hasBody = hasIf || t.at("{");
      if (!hasValue && !hasBody) {
        throw t.unexpected("expected else value term or rule body");
      }
      if (t.keywords.strict() && hasBody && !hasIf) {
        throw t.fail(at, "`if` keyword is required before rule body");
      }
      branches.add(new Rule.Branch(value, hasBody ? ruleBody(hasIf) : List.of(), assigned, at));
      if (branches.size() > MAX_ELSE) {
        throw t.fail(at, "more than " + MAX_ELSE + " else branches");
      }
    }
  }
}
