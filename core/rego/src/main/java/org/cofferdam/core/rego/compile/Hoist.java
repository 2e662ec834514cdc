// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.compile;

import java.util.List;

/** Takes references out of terms, into literals of their own. */
record Hoist(Scope scope, List<Literal> pre, Literal.Source source) {
  /** A term whose own reference stays, but not those inside it. */
  Node operand(Node n) {
    return switch (n) {
      case Node.Path p -> new Node.Path(p.base(), keys(p.path()));
      case Node.Data d -> new Node.Data(keys(d.path()), d.at());
      default -> all(n);
    };
  }

  private List<Node> keys(List<Node> path) {
    return path.stream().map(this::all).toList();
  }

  /** A term without references. */
  Node all(Node n) {
    return switch (n) {
      case Node.Path _, Node.Data _ -> {
        int slot = scope.temporary();
        Literal.Op op = new Literal.Unify(new Node.Local(slot), operand(n));
        pre.add(new Literal(op, false, List.of(), source));
        yield new Node.Local(slot);
      }
      case Node.Items a -> new Node.Items(keys(a.items()));
      case Node.Elements s -> new Node.Elements(keys(s.items()));
      case Node.Pairs o -> new Node.Pairs(keys(o.keys()), keys(o.values()));
      default -> n;
    };
  }
}
