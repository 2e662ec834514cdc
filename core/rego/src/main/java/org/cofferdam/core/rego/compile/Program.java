// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.compile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cofferdam.core.rego.Builtin;
import org.cofferdam.core.rego.Location;
import org.cofferdam.core.rego.eval.Body;
import org.cofferdam.core.rego.eval.Rule;
import org.cofferdam.core.rego.eval.RuleNode;
import org.cofferdam.core.rego.eval.RuleSet;
import org.cofferdam.core.rego.syntax.Expr;
import org.cofferdam.core.rego.syntax.Module;
import org.jspecify.annotations.Nullable;

/** The plan of a set of modules. It does not change once it is made. */
public final class Program {
  private final RuleNode root = new RuleNode();
  private final Functions functions;
  private int ruleSets;

  /** A planned query: its body and where its variables are. */
  public record Query(Body body, int slots, Map<String, Integer> variables) {}

  /** Plans the modules. */
  public Program(List<Module> modules, Map<String, Builtin> builtins) {
    functions = new Functions(builtins, root);
    RuleTree tree = new RuleTree(modules);
    Map<RuleGroup, RuleSet> sets = new LinkedHashMap<>();
    for (Module m : modules) {
      RuleNode n = root;
      for (String name : m.path()) {
        n = n.make(name);
      }
    }
    for (RuleGroup g : tree.groups()) {
      RuleSet set = new RuleSet(ruleSets++, g.name(), g.kind());
      RuleNode n = root;
      for (String name : g.path) {
        n = n.make(name);
      }
      n.rules(set);
      sets.put(g, set);
      // A function without arguments is a rule that can also be called.
      if (g.arity() >= 0) {
        functions.add(g.path, g.arity());
      }
    }
    Metadata metadata = new Metadata(modules);
    Map<RuleSet, Set<RuleSet>> uses = new LinkedHashMap<>();
    Map<RuleSet, Location> places = new LinkedHashMap<>();
    sets.forEach(
        (group, set) -> {
          Set<RuleSet> used = new LinkedHashSet<>();
          define(group, set, metadata, used);
          uses.put(set, used);
          places.put(set, group.members.getFirst().rule().at());
        });
    new Recursion(uses, places).check();
  }

  private void define(RuleGroup group, RuleSet set, Metadata metadata, Set<RuleSet> used) {
    RulePlanner planner = new RulePlanner(functions, root, metadata, used);
    List<RulePlanner.Planned> planned = new ArrayList<>();
    Rule byDefault = null;
    for (RuleGroup.Member m : group.members) {
      RulePlanner.Planned p = planner.plan(m);
      if (m.rule().isDefault() && m.suffix().isEmpty()) {
        byDefault = p.rule();
      } else {
        planned.add(p);
      }
    }
    set.define(
        planned.stream().map(RulePlanner.Planned::rule).toList(),
        byDefault,
        Indexer.index(planned));
  }

  /** Plans a query; {@code imports} is a module whose names it may use, or null. */
  public Query query(List<Expr> body) {
    Scope.Slots slots = new Scope.Slots();
    Scope scope = new Scope(null, slots);
    Lowering lowering = new Lowering(Names.QUERY, functions, null);
    Block block = lowering.block(body, scope);
    Planner planner = new Planner(functions, root, slots, new LinkedHashSet<>());
    Map<String, Integer> variables = new TreeMap<>();
    for (int i = block.owned().nextSetBit(0); i >= 0; i = block.owned().nextSetBit(i + 1)) {
      String name = slots.names.get(i);
      if (!name.isEmpty() && !name.startsWith("$")) {
        variables.put(name, i);
      }
    }
    Body steps = new Body(planner.steps(block.literals(), new BitSet()));
    return new Query(steps, slots.names.size(), variables);
  }

  public RuleNode root() {
    return root;
  }

  /** Number of rule sets, which is the size of an evaluation's cache. */
  public int ruleSets() {
    return ruleSets;
  }

  /** The rules at a path below {@code data}, or null. */
  public @Nullable RuleSet rules(List<String> path) {
    RuleNode n = root;
    for (String name : path) {
      n = n == null ? null : n.child(org.cofferdam.core.rego.value.RegoString.of(name));
    }
    return n == null ? null : n.rules();
  }
}
