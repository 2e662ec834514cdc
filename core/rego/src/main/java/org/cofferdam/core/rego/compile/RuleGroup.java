// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.compile;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.rego.ErrorCode;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.eval.RuleSet;
import org.cofferdam.core.rego.syntax.Rule;
import org.cofferdam.core.rego.syntax.Term;

/** The rules that share a name, before they are planned. */
final class RuleGroup {
  /**
   * A rule in the module that it comes from.
   *
   * @param suffix the head's keys below the group's path
   */
  record Member(Names names, Rule rule, List<Term> suffix) {}

  final List<String> path;
  final List<Member> members = new ArrayList<>();

  RuleGroup(List<String> path) {
    this.path = path;
  }

  String name() {
    return "data." + String.join(".", path);
  }

  RuleSet.Kind kind() {
    RuleSet.Kind kind = null;
    int arity = -1;
    for (Member m : members) {
      List<Term> args = m.rule.args();
      RuleSet.Kind k =
          args != null && !args.isEmpty()
              ? RuleSet.Kind.FUNCTION
              : !m.suffix.isEmpty()
                  ? RuleSet.Kind.OBJECT
                  : m.rule.key() != null ? RuleSet.Kind.SET : RuleSet.Kind.COMPLETE;
      if (kind == RuleSet.Kind.FUNCTION && args != null && args.size() != arity) {
        throw conflict(m);
      }
      arity = args == null ? -1 : args.size();
      if (kind != null && kind != k) {
        throw conflict(m);
      }
      kind = k;
    }
    return kind == null ? RuleSet.Kind.COMPLETE : kind;
  }

  private RegoException conflict(Member m) {
    return new RegoException(
        ErrorCode.REGO_TYPE_ERROR, m.rule.at(), "conflicting rules " + name() + " found");
  }

  int arity() {
    List<Term> args = members.getFirst().rule.args();
    return args == null ? -1 : args.size();
  }
}
