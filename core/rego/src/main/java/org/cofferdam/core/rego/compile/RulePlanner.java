// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.compile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cofferdam.core.rego.eval.Body;
import org.cofferdam.core.rego.eval.Ev;
import org.cofferdam.core.rego.eval.Matcher;
import org.cofferdam.core.rego.eval.Rule;
import org.cofferdam.core.rego.eval.RuleNode;
import org.cofferdam.core.rego.eval.RuleSet;
import org.cofferdam.core.rego.eval.Step;
import org.cofferdam.core.rego.syntax.Expr;
import org.cofferdam.core.rego.syntax.Term;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Plans one rule. */
final class RulePlanner {
  private final Functions functions;
  private final RuleNode root;
  private final Metadata metadata;
  private final Set<RuleSet> uses;

  RulePlanner(Functions functions, RuleNode root, Metadata metadata, Set<RuleSet> uses) {
    this.metadata = metadata;
    this.functions = functions;
    this.root = root;
    this.uses = uses;
  }

  /** A planned rule with what its index needs to know. */
  record Planned(Rule rule, List<Condition> conditions) {}

  Planned plan(RuleGroup.Member m) {
    Scope.Slots slots = new Scope.Slots();
    Lowering lowering =
        new Lowering(m.names(), functions, new Lowering.Annotated(metadata, m.rule()));
    Planner planner = new Planner(functions, root, slots, uses);
    Scope head = new Scope(null, slots);
    List<Literal> argLiterals = new ArrayList<>();
    List<Node> args = args(m.rule().args(), head, lowering, argLiterals);
    BitSet bound = new BitSet();
    List<Step> none = new ArrayList<>();
    Step.Origin origin = new Step.Origin(m.rule().at(), m.rule().text(), List::of);
    List<Matcher> matchers =
        args.stream().map(a -> planner.pattern(a, bound, none, origin)).toList();
    List<Rule.Branch> branches = new ArrayList<>();
    List<Condition> conditions = List.of();
    Value constant = null;
    boolean same = true;
    for (org.cofferdam.core.rego.syntax.Rule.Branch b : m.rule().branches()) {
      Scope scope = new Scope(head, slots);
      declaredArgs(m.rule().args(), scope);
      lowering.open(b.body(), scope);
      openHead(m, b, scope, lowering);
      List<Literal> literals = new ArrayList<>(argLiterals);
      literals.addAll(lowering.literals(b.body(), scope));
      List<Node> suffix = lowering.terms(m.suffix(), scope, literals);
      Node key = m.rule().key() == null ? null : lowering.term(m.rule().key(), scope, literals);
      Node value =
          b.value() == null
              ? new Node.Lit(RegoBoolean.TRUE)
              : lowering.term(b.value(), scope, literals);
      BitSet inner = (BitSet) bound.clone();
      List<Step> steps = planner.steps(literals, inner);
      List<Ev> suffixEvs = suffix.stream().map(n -> planner.term(n, inner, steps, origin)).toList();
      Ev keyEv = key == null ? null : planner.term(key, inner, steps, origin);
      Ev valueEv = planner.term(value, inner, steps, origin);
      boolean fixed =
          Planner.constant(suffix)
              && (key == null || Planner.constant(key))
              && Planner.constant(value);
      branches.add(new Rule.Branch(new Body(steps), suffixEvs, keyEv, valueEv, fixed));
      Value v = Planner.constant(value) ? Planner.value(value) : null;
      same &= v != null && (constant == null || constant.equals(v));
      constant = v;
      conditions = m.rule().branches().size() == 1 ? Condition.of(literals, args) : List.of();
    }
    Rule rule =
        new Rule(slots.names.size(), matchers, branches, same ? constant : null, m.rule().at());
    return new Planned(rule, conditions);
  }

  private static List<Node> args(
      @Nullable List<Term> args, Scope head, Lowering lowering, List<Literal> pre) {
    if (args == null) {
      return List.of();
    }
    for (Term arg : args) {
      Set<String> names = new TreeSet<>();
      Scope.pattern(arg, names, new HashSet<>());
      if (arg instanceof Term.Template t) {
        lowering.open(
            t.parts().stream().map(Term.Part::hole).filter(h -> h != null).toList(), head);
      }
      for (String name : names) {
        if (head.find(name) == null) {
          head.add(name);
        }
      }
    }
    List<Node> out = new ArrayList<>();
    for (Term arg : args) {
      Node n = lowering.term(arg, head, pre);
      if (arg instanceof Term.Template
          || arg instanceof Term.Call
          || arg instanceof Term.Ref
          || arg instanceof Term.Comprehension) {
        Node.Local slot = new Node.Local(head.temporary());
        pre.add(
            new Literal(
                new Literal.Unify(slot, n), false, List.of(), new Literal.Source(arg.at(), "")));
        n = slot;
      }
      out.add(n);
    }
    return out;
  }

  /** Arguments cannot be declared again in the body. */
  private static void declaredArgs(@Nullable List<Term> args, Scope scope) {
    if (args != null) {
      args.forEach(a -> Scope.pattern(a, scope.declared, new HashSet<>()));
    }
  }

  private static void openHead(
      RuleGroup.Member m,
      org.cofferdam.core.rego.syntax.Rule.Branch b,
      Scope scope,
      Lowering lowering) {
    List<Term> terms = new ArrayList<>(m.suffix());
    if (m.rule().key() != null) {
      terms.add(m.rule().key());
    }
    if (b.value() != null) {
      terms.add(b.value());
    }
    Set<String> declared = Lowering.declaredIn(b.body());
    List<Expr> head = new ArrayList<>();
    for (Term t : terms) {
      head.add(new Expr(new Expr.Holds(t), false, List.of(), t.at(), ""));
    }
    lowering.open(head, scope, declared);
  }
}
