// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.compile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.eval.Ev;
import org.cofferdam.core.rego.eval.Step;
import org.cofferdam.core.rego.value.RegoString;
import org.jspecify.annotations.Nullable;

/** Finds the parts of a literal whose values tell why it failed. */
final class Explainer {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

  private final Planner planner;
  private final List<String> names;

  Explainer(Planner planner, List<String> names) {
    this.planner = planner;
    this.names = names;
  }

  List<Step.Part> parts(Literal l, BitSet bound) {
    List<Node> nodes = new ArrayList<>();
    switch (l.op()) {
      case Literal.Holds h -> nodes.add(h.node());
      case Literal.Unify u -> {
        nodes.add(u.left());
        nodes.add(u.right());
      }
      case Literal.Call c -> nodes.addAll(c.args());
      case Literal.Every e -> nodes.add(e.domain());
      case Literal.Print _, Literal.Not _, Literal.Logical _ -> {}
    }
    List<Step.Part> parts = new ArrayList<>();
    for (Node n : nodes) {
      String text = text(n);
      if (text != null && !(n instanceof Node.Lit) && Vars.ground(n, bound)) {
        try {
          List<Step> none = new ArrayList<>();
          Ev ev =
              planner.term(
                  n, (BitSet) bound.clone(), none, new Step.Origin(l.source().at(), "", List::of));
          parts.add(new Step.Part(text, ev));
        } catch (RegoException e) {
          // What cannot be planned by itself cannot be shown either; the literal's text remains.
          parts.removeIf(p -> p.text().equals(text));
        }
      }
    }
    return parts;
  }

  /** The source form of a simple term, or null. */
  private @Nullable String text(Node n) {
    return switch (n) {
      case Node.Local l ->
          names.get(l.slot()).isEmpty() || names.get(l.slot()).startsWith("$")
              ? null
              : names.get(l.slot());
      case Node.Input _ -> "input";
      case Node.Path p -> join(text(p.base()), p.path());
      case Node.Data d -> join("data", d.path());
      case Node.Lit lit -> lit.value().toString();
      default -> null;
    };
  }

  private @Nullable String join(@Nullable String base, List<Node> path) {
    if (base == null) {
      return null;
    }
    StringBuilder out = new StringBuilder(base);
    for (Node key : path) {
      if (key instanceof Node.Lit lit
          && lit.value() instanceof RegoString s
          && NAME.matcher(s.value()).matches()) {
        out.append('.').append(s.value());
      } else {
        String t = text(key);
        if (t == null) {
          return null;
        }
        out.append('[').append(t).append(']');
      }
    }
    return out.toString();
  }
}
