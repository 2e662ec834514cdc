// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.compile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.rego.ErrorCode;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.syntax.Module;
import org.cofferdam.core.rego.syntax.Rule;
import org.cofferdam.core.rego.syntax.Term;
import org.cofferdam.core.rego.value.RegoString;

/** Groups the rules of all modules by the path of their document. */
final class RuleTree {
  private final Map<List<String>, RuleGroup> groups = new LinkedHashMap<>();

  RuleTree(List<Module> modules) {
    Map<List<String>, Set<String>> rulesOf = new LinkedHashMap<>();
    for (Module m : modules) {
      Set<String> names = rulesOf.computeIfAbsent(m.path(), p -> new HashSet<>());
      m.rules().forEach(r -> names.add(string(r.path().getFirst())));
    }
    for (Module m : modules) {
      Names names = Names.of(m, rulesOf.getOrDefault(m.path(), Set.of()));
      m.rules().forEach(r -> add(names, r));
    }
    gather();
  }

  Iterable<RuleGroup> groups() {
    return groups.values();
  }

  private static String string(Term t) {
    return ((RegoString) ((Term.Const) t).value()).value();
  }

  private static boolean isString(Term t) {
    return t instanceof Term.Const c && c.value() instanceof RegoString;
  }

  private void add(Names names, Rule r) {
    List<String> path = new ArrayList<>(names.pkg());
    int i = 0;
    int ground = r.partialObject() ? 1 : r.path().size();
    while (i < ground && isString(r.path().get(i))) {
      path.add(string(r.path().get(i++)));
    }
    List<Term> suffix = r.path().subList(i, r.path().size());
    if (r.args() != null && !suffix.isEmpty()) {
      throw new RegoException(
          ErrorCode.REGO_COMPILE_ERROR, r.at(), "function names cannot have variables");
    }
    groups
        .computeIfAbsent(path, RuleGroup::new)
        .members
        .add(new RuleGroup.Member(names, r, suffix));
  }

  /** Rules below a partial object become part of it. */
  private void gather() {
    for (List<String> path : List.copyOf(groups.keySet())) {
      RuleGroup group = groups.get(path);
      if (group == null || group.members.getFirst().rule().args() != null) {
        continue;
      }
      for (int n = 1; n < path.size(); n++) {
        RuleGroup above = groups.get(path.subList(0, n));
        if (above != null) {
          move(group, above);
          break;
        }
      }
    }
  }

  private void move(RuleGroup below, RuleGroup above) {
    if (above.members.stream().anyMatch(m -> m.suffix().isEmpty())) {
      RuleGroup.Member m = above.members.getFirst();
      throw new RegoException(
          ErrorCode.REGO_TYPE_ERROR,
          m.rule().at(),
          "rule " + above.name() + " conflicts with [" + below.name() + "]");
    }
    groups.remove(below.path);
    List<String> rest = below.path.subList(above.path.size(), below.path.size());
    for (RuleGroup.Member m : below.members) {
      List<Term> suffix = new ArrayList<>();
      rest.forEach(s -> suffix.add(new Term.Const(RegoString.of(s), m.rule().at())));
      suffix.addAll(m.suffix());
      above.members.add(new RuleGroup.Member(m.names(), m.rule(), suffix));
    }
  }
}
