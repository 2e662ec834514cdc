// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.compile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.cofferdam.core.rego.Builtin;
import org.cofferdam.core.rego.eval.Body;
import org.cofferdam.core.rego.eval.BuiltinCall;
import org.cofferdam.core.rego.eval.Callable;
import org.cofferdam.core.rego.eval.DataScan;
import org.cofferdam.core.rego.eval.Ev;
import org.cofferdam.core.rego.eval.Evs;
import org.cofferdam.core.rego.eval.Matcher;
import org.cofferdam.core.rego.eval.RuleNode;
import org.cofferdam.core.rego.eval.RuleSet;
import org.cofferdam.core.rego.eval.Step;
import org.cofferdam.core.rego.eval.Steps;
import org.cofferdam.core.rego.eval.WithStep;
import org.cofferdam.core.rego.syntax.Term;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoSet;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Turns ordered literals into steps. */
final class Planner {
  private final Functions functions;
  private final RuleNode root;
  private final Scope.Slots slots;
  private final Safety safety;
  private final Set<RuleSet> uses;

  /** {@code uses} receives every rule that the plan refers to. */
  Planner(Functions functions, RuleNode root, Scope.Slots slots, Set<RuleSet> uses) {
    this.functions = functions;
    this.root = root;
    this.slots = slots;
    this.safety = new Safety(slots.names);
    this.uses = uses;
  }

  Safety safety() {
    return safety;
  }

  /** Steps for literals in any order; {@code bound} grows by what they bind. */
  List<Step> steps(List<Literal> literals, BitSet bound) {
    List<Step> out = new ArrayList<>();
    for (Literal l : safety.order(literals, (BitSet) bound.clone())) {
      literal(l, bound, out);
    }
    return out;
  }

  Body body(Block block, BitSet bound) {
    return new Body(steps(block.literals(), (BitSet) bound.clone()));
  }

  private void literal(Literal l, BitSet bound, List<Step> out) {
    Step.Origin origin = origin(l, bound);
    if (l.withs().isEmpty()) {
      negatable(l, bound, out, origin);
      return;
    }
    List<WithStep.Change> changes = new ArrayList<>();
    for (Literal.With w : l.withs()) {
      changes.add(change(w, bound, out, origin));
    }
    List<Step> inner = new ArrayList<>();
    negatable(l, bound, inner, origin);
    out.add(new WithStep(changes, new Body(inner), root, origin));
  }

  private WithStep.Change change(Literal.With w, BitSet bound, List<Step> out, Step.Origin origin) {
    Ev value = term(w.value(), bound, out, origin);
    Callable function = w.function() == null ? null : callable(w.function());
    return switch (w.target()) {
      case Literal.InputTarget t ->
          new WithStep.Change(WithStep.Kind.INPUT, keys(t.path()), "", null, value);
      case Literal.BuiltinTarget t ->
          new WithStep.Change(WithStep.Kind.FUNCTION, List.of(), t.name(), function, value);
      case Literal.DataTarget t ->
          functions.isFunction(t.path())
              ? new WithStep.Change(
                  WithStep.Kind.FUNCTION, List.of(), dotted(t.path()), function, value)
              : new WithStep.Change(WithStep.Kind.DATA, keys(t.path()), "", null, value);
    };
  }

  private static String dotted(List<String> path) {
    return "data." + String.join(".", path);
  }

  private static List<Value> keys(List<String> path) {
    return path.stream().<Value>map(RegoString::of).toList();
  }

  private void negatable(Literal l, BitSet bound, List<Step> out, Step.Origin origin) {
    if (!l.negated()) {
      plain(l.op(), bound, out, origin);
      return;
    }
    List<Step> inner = new ArrayList<>();
    plain(l.op(), (BitSet) bound.clone(), inner, origin);
    out.add(new Steps.Not(new Body(inner), origin));
  }

  private Step.Origin origin(Literal l, BitSet bound) {
    BitSet known = (BitSet) bound.clone();
    // Explanations are rare: what they need is planned when one is asked for.
    Supplier<List<Step.Part>> parts =
        () ->
            new Explainer(new Planner(functions, root, slots, new HashSet<>()), slots.names)
                .parts(l, known);
    return new Step.Origin(l.source().at(), l.source().text(), parts);
  }

  private void plain(Literal.Op op, BitSet bound, List<Step> out, Step.Origin origin) {
    switch (op) {
      case Literal.Holds h -> out.add(new Steps.Holds(term(h.node(), bound, out, origin), origin));
      case Literal.Unify u -> unify(u.left(), u.right(), bound, out, origin);
      case Literal.Call c -> call(c, bound, out, origin);
      case Literal.Print p ->
          out.add(
              new Steps.Print(
                  p.args().stream().map(a -> term(a, bound, out, origin)).toList(), origin));
      case Literal.Not n -> out.add(new Steps.Not(body(n.block(), bound), origin));
      case Literal.Every e -> {
        Ev domain = term(e.domain(), bound, out, origin);
        BitSet inner = (BitSet) bound.clone();
        if (e.key() != null) {
          inner.set(e.key());
        }
        inner.set(e.value());
        int key = e.key() == null ? -1 : e.key();
        out.add(new Steps.Every(key, e.value(), domain, body(e.block(), inner), origin));
      }
      case Literal.Logical g ->
          out.add(new Steps.Logical(g.or(), body(g.left(), bound), body(g.right(), bound), origin));
    }
  }

  private void call(Literal.Call c, BitSet bound, List<Step> out, Step.Origin origin) {
    Ev[] args = terms(c.args(), bound, out, origin);
    if (c.callee() instanceof Literal.BuiltinCallee b && b.name().equals("walk")) {
      Matcher pair = c.out() == null ? Matcher.ANY : pattern(c.out(), bound, out, origin);
      out.add(new Steps.Walk(args[0], pair, origin));
      return;
    }
    boolean equality =
        c.callee() instanceof Literal.BuiltinCallee b
            && c.out() == null
            && b.name().equals("equal");
    Ev ev = equality ? null : call(c.callee(), args, origin);
    if (ev == null) {
      out.add(new Steps.Equal(args[0], args[1], origin));
    } else if (c.out() == null) {
      out.add(new Steps.Holds(ev, origin));
    } else {
      match(c.out(), ev, bound, out, origin);
    }
  }

  private Ev call(Literal.Callee callee, Ev[] args, Step.Origin origin) {
    return switch (callee) {
      case Literal.BuiltinCallee b ->
          Evs.call(new BuiltinCall(builtin(b.name()), origin.at()), b.name(), args);
      case Literal.RuleCallee r -> Evs.call(callable(r), dotted(r.path()), args);
    };
  }

  private Builtin builtin(String name) {
    Builtin b = functions.builtin(name);
    if (b == null) {
      throw new IllegalStateException("no built-in " + name);
    }
    return b;
  }

  private Callable callable(Literal.Callee callee) {
    return switch (callee) {
      case Literal.BuiltinCallee b ->
          new BuiltinCall(builtin(b.name()), org.cofferdam.core.rego.Location.NONE);
      case Literal.RuleCallee r -> {
        RuleSet rules = functions.function(r.path());
        uses.add(rules);
        yield rules;
      }
    };
  }

  /**
   * {@code a = b}: takes equal structures apart, then matches what is not known against what is.
   */
  private void unify(Node a, Node b, BitSet bound, List<Step> out, Step.Origin origin) {
    List<Node[]> pairs = new ArrayList<>();
    if (!apart(a, b, pairs)) {
      out.add(new Steps.Fail(origin));
      return;
    }
    boolean progress = true;
    while (!pairs.isEmpty() && progress) {
      progress = false;
      List<Node[]> later = new ArrayList<>();
      for (Node[] pair : pairs) {
        if (known(pair[0], bound)) {
          match(pair[1], pair[0], bound, out, origin);
        } else if (known(pair[1], bound)) {
          match(pair[0], pair[1], bound, out, origin);
        } else {
          later.add(pair);
          continue;
        }
        progress = true;
      }
      pairs = later;
    }
    if (!pairs.isEmpty()) {
      BitSet needs = Vars.used(pairs.getFirst()[0]);
      needs.andNot(bound);
      throw safety.unsafe(needs, origin.at());
    }
  }

  private void match(Node pattern, Node value, BitSet bound, List<Step> out, Step.Origin origin) {
    if (!Vars.ground(pattern, bound) && reference(pattern)) {
      // Both sides run over something: the pattern side first, then it is a value as well.
      Ev left = term(pattern, bound, out, origin);
      Ev right = term(value, bound, out, origin);
      out.add(new Steps.Equal(left, right, origin));
      return;
    }
    match(pattern, term(value, bound, out, origin), bound, out, origin);
  }

  private static boolean reference(Node n) {
    return n instanceof Node.Path || n instanceof Node.Data;
  }

  /** True where the term has a value once its references have been run over. */
  private static boolean known(Node n, BitSet bound) {
    BitSet iterated = (BitSet) bound.clone();
    iterated.or(Vars.outputs(new Literal(new Literal.Holds(n), false, List.of(), NOWHERE), bound));
    return Vars.ground(n, iterated);
  }

  private static final Literal.Source NOWHERE =
      new Literal.Source(org.cofferdam.core.rego.Location.NONE, "");

  private static boolean apart(Node a, Node b, List<Node[]> pairs) {
    if (a instanceof Node.Items x && b instanceof Node.Items y) {
      if (x.items().size() != y.items().size()) {
        return false;
      }
      for (int i = 0; i < x.items().size(); i++) {
        if (!apart(x.items().get(i), y.items().get(i), pairs)) {
          return false;
        }
      }
      return true;
    }
    if (a instanceof Node.Pairs x && b instanceof Node.Pairs y && x.keys().equals(y.keys())) {
      for (int i = 0; i < x.keys().size(); i++) {
        if (!apart(x.values().get(i), y.values().get(i), pairs)) {
          return false;
        }
      }
      return true;
    }
    pairs.add(new Node[] {a, b});
    return true;
  }

  private void match(Node pattern, Ev value, BitSet bound, List<Step> out, Step.Origin origin) {
    if (pattern instanceof Node.Local l && !bound.get(l.slot())) {
      out.add(new Steps.Bind(l.slot(), value, origin));
      bound.set(l.slot());
    } else if (Vars.ground(pattern, bound)) {
      Ev other = term(pattern, bound, out, origin);
      out.add(new Steps.Equal(other, value, origin));
    } else {
      out.add(new Steps.Fit(pattern(pattern, bound, out, origin), value, origin));
    }
  }

  /** A matcher for a term with variables that are not bound; binds them. */
  Matcher pattern(Node n, BitSet bound, List<Step> out, Step.Origin origin) {
    if (n instanceof Node.Local l && !bound.get(l.slot())) {
      bound.set(l.slot());
      return Matcher.bind(l.slot());
    }
    if (Vars.ground(n, bound)) {
      return Matcher.equal(term(n, bound, out, origin));
    }
    return switch (n) {
      case Node.Items a ->
          Matcher.array(
              a.items().stream().map(i -> pattern(i, bound, out, origin)).toArray(Matcher[]::new));
      case Node.Pairs o ->
          Matcher.object(
              terms(o.keys(), bound, out, origin),
              o.values().stream().map(i -> pattern(i, bound, out, origin)).toArray(Matcher[]::new));
      default -> Matcher.equal(term(n, bound, out, origin));
    };
  }

  private Ev[] terms(List<Node> nodes, BitSet bound, List<Step> out, Step.Origin origin) {
    Ev[] all = new Ev[nodes.size()];
    // A variable may be bound by a reference that stands after it: foo == input.foos[foo]
    for (int left = all.length; left > 0; ) {
      int before = left;
      for (int i = 0; i < all.length; i++) {
        if (all[i] == null && known(nodes.get(i), bound)) {
          all[i] = term(nodes.get(i), bound, out, origin);
          left--;
        }
      }
      if (left == before) {
        BitSet needs = new BitSet();
        Vars.used(nodes, needs);
        needs.andNot(bound);
        throw safety.unsafe(needs, origin.at());
      }
    }
    return all;
  }

  /** A term; what it has to run over is added to {@code out} before. */
  Ev term(Node n, BitSet bound, List<Step> out, Step.Origin origin) {
    return switch (n) {
      case Node.Lit l -> Evs.constant(l.value());
      case Node.Local l -> {
        if (!bound.get(l.slot())) {
          BitSet s = new BitSet();
          s.set(l.slot());
          throw safety.unsafe(s, origin.at());
        }
        yield Evs.local(l.slot());
      }
      case Node.Input _ -> Evs.input();
      case Node.Path p -> path(term(p.base(), bound, out, origin), p.path(), bound, out, origin);
      case Node.Data d -> data(d, bound, out, origin);
      case Node.Items a ->
          constant(a) ? Evs.constant(value(a)) : Evs.array(terms(a.items(), bound, out, origin));
      case Node.Elements s ->
          constant(s) ? Evs.constant(value(s)) : Evs.set(terms(s.items(), bound, out, origin));
      case Node.Pairs o ->
          constant(o)
              ? Evs.constant(value(o))
              : Evs.object(
                  terms(o.keys(), bound, out, origin), terms(o.values(), bound, out, origin));
      case Node.Closure c -> closure(c, bound);
      case Node.Format f -> {
        Ev[] holes = new Ev[f.holes().size()];
        for (int i = 0; i < holes.length; i++) {
          Node.Closure hole = f.holes().get(i);
          if (hole != null) {
            holes[i] = closure(hole, bound);
          }
        }
        yield Evs.format(f.texts().toArray(new String[0]), holes, f.at());
      }
    };
  }

  static boolean constant(List<Node> nodes) {
    return nodes.stream().allMatch(Planner::constant);
  }

  static boolean constant(Node n) {
    return switch (n) {
      case Node.Lit _ -> true;
      case Node.Items a -> constant(a.items());
      case Node.Elements s -> constant(s.items());
      case Node.Pairs o -> constant(o.keys()) && constant(o.values());
      default -> false;
    };
  }

  /** The value of a constant term. */
  static Value value(Node n) {
    return switch (n) {
      case Node.Lit l -> l.value();
      case Node.Items a -> RegoArray.of(a.items().stream().map(Planner::value).toList());
      case Node.Elements s -> RegoSet.of(s.items().stream().map(Planner::value).toList());
      case Node.Pairs o -> {
        Map<Value, Value> map = new HashMap<>();
        for (int i = 0; i < o.keys().size(); i++) {
          map.put(value(o.keys().get(i)), value(o.values().get(i)));
        }
        yield RegoObject.of(map);
      }
      default -> throw new IllegalArgumentException("not a constant");
    };
  }

  private Ev closure(Node.Closure c, BitSet bound) {
    BitSet inner = (BitSet) bound.clone();
    Step.Origin origin = new Step.Origin(c.at(), "", List::of);
    List<Step> steps = steps(c.block().literals(), inner);
    Ev key = c.key() == null ? null : term(c.key(), inner, steps, origin);
    Ev value = term(c.value(), inner, steps, origin);
    Body body = new Body(steps);
    return key != null
        ? Evs.objectOf(key, value, body, c.at())
        : c.shape() == Term.Shape.ARRAY ? Evs.arrayOf(value, body) : Evs.setOf(value, body);
  }

  /** Follows a path into a value: known keys at once, the others by running over what is there. */
  private Ev path(Ev base, List<Node> path, BitSet bound, List<Step> out, Step.Origin origin) {
    Ev at = base;
    List<Ev> known = new ArrayList<>();
    List<Value> constants = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      Node key = path.get(i);
      if (Vars.ground(key, bound)) {
        known.add(term(key, bound, out, origin));
        if (key instanceof Node.Lit l) {
          constants.add(l.value());
        }
        continue;
      }
      at = follow(at, known, constants);
      Matcher matcher;
      if (reference(key)) {
        matcher = Matcher.equal(term(key, bound, out, origin));
      } else {
        matcher = pattern(key, bound, out, origin);
      }
      int slot = slots.add("");
      out.add(new Steps.Iterate(at, matcher, Matcher.bind(slot), origin));
      bound.set(slot);
      at = Evs.local(slot);
    }
    return follow(at, known, constants);
  }

  private static Ev follow(Ev base, List<Ev> known, List<Value> constants) {
    if (known.isEmpty()) {
      return base;
    }
    boolean all = constants.size() == known.size();
    Ev result =
        all
            ? Evs.path(base, constants.toArray(new Value[0]))
            : Evs.path(base, known.toArray(new Ev[0]));
    known.clear();
    constants.clear();
    return result;
  }

  /** Notes the rules that a reference with variables can reach. */
  private void uses(RuleNode node, List<Node> path, int i) {
    if (i == path.size() || node.rules() != null) {
      node.collect(uses);
    } else if (path.get(i) instanceof Node.Lit l) {
      RuleNode child = node.child(l.value());
      if (child != null) {
        uses(child, path, i + 1);
      }
    } else {
      node.children().values().forEach(c -> uses(c, path, i + 1));
    }
  }

  private Ev data(Node.Data d, BitSet bound, List<Step> out, Step.Origin origin) {
    RuleNode node = root;
    int i = 0;
    List<Node> path = d.path();
    List<Value> prefix = new ArrayList<>();
    while (i < path.size()
        && (node == null || node.rules() == null)
        && path.get(i) instanceof Node.Lit l) {
      node = node == null ? null : node.child(l.value());
      prefix.add(l.value());
      i++;
    }
    Value[] keys = prefix.toArray(new Value[0]);
    RuleSet rules = node == null ? null : node.rules();
    if (rules != null && !rules.isFunction()) {
      uses.add(rules);
      return path(Evs.rule(rules, root, keys), path.subList(i, path.size()), bound, out, origin);
    }
    if (node == null || i == path.size() || rules != null) {
      if (node != null) {
        node.collect(uses);
      }
      return path(Evs.document(root, keys), path.subList(i, path.size()), bound, out, origin);
    }
    uses(node, path, i);
    boolean ground = true;
    for (Node key : path.subList(i, path.size())) {
      ground &= Vars.ground(key, bound);
    }
    if (ground) {
      return Evs.dynamic(root, terms(path, bound, out, origin));
    }
    List<@Nullable Ev> known = new ArrayList<>();
    List<@Nullable Matcher> patterns = new ArrayList<>();
    for (Node key : path) {
      boolean value = Vars.ground(key, bound) || reference(key);
      known.add(value ? term(key, bound, out, origin) : null);
      patterns.add(value ? null : pattern(key, bound, out, origin));
    }
    int slot = slots.add("");
    bound.set(slot);
    out.add(new DataScan(root, known, patterns, Matcher.bind(slot), origin));
    return Evs.local(slot);
  }
}
