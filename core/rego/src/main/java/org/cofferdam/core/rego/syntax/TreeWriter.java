// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNull;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Syntax trees as documents, in the form of OPA's; without imports of keywords, and places. */
public final class TreeWriter {
  private final Map<Value, Value> members = new HashMap<>();

  private TreeWriter() {}

  private TreeWriter put(String name, @Nullable Value v) {
    if (v != null) {
      members.put(RegoString.of(name), v);
    }
    return this;
  }

  private TreeWriter flag(String name, boolean set) {
    return put(name, set ? RegoBoolean.TRUE : null);
  }

  private Value done() {
    return RegoObject.of(members);
  }

  private static Value node(String type, Value value) {
    return new TreeWriter().put("type", RegoString.of(type)).put("value", value).done();
  }

  /** The tree of a module. */
  public static Value module(Module m) {
    List<String> path = new ArrayList<>(List.of("data"));
    path.addAll(m.path());
    List<Value> imports = new ArrayList<>();
    for (Module.Import i : m.imports()) {
      boolean renamed = !i.alias().equals(i.path().getLast());
      imports.add(
          new TreeWriter()
              .put("path", node("ref", path(i.path())))
              .put("alias", renamed ? RegoString.of(i.alias()) : null)
              .done());
    }
    List<Value> rules = m.rules().stream().map(TreeWriter::rule).toList();
    return new TreeWriter()
        .put("package", new TreeWriter().put("path", path(path)).done())
        .put("imports", imports.isEmpty() ? null : RegoArray.of(imports))
        .put("rules", rules.isEmpty() ? null : RegoArray.of(rules))
        .done();
  }

  private static Value path(List<String> path) {
    List<Value> out = new ArrayList<>();
    out.add(variable(path.getFirst()));
    path.subList(1, path.size()).forEach(p -> out.add(node("string", RegoString.of(p))));
    return RegoArray.of(out);
  }

  private static Value variable(String name) {
    return node("var", RegoString.of(name));
  }

  private static Value rule(Rule r) {
    return branch(r, 0);
  }

  private static Value branch(Rule r, int i) {
    Rule.Branch b = r.branches().get(i);
    boolean last = i + 1 == r.branches().size();
    return new TreeWriter()
        .put("head", head(r, b))
        .put("body", b.body().isEmpty() ? generated() : body(b.body()))
        .flag("default", r.isDefault())
        .put("else", last ? null : branch(r, i + 1))
        .done();
  }

  private static Value generated() {
    return RegoArray.of(
        new TreeWriter()
            .flag("generated", true)
            .put("index", RegoNumber.of(0))
            .put("terms", node("boolean", RegoBoolean.TRUE))
            .done());
  }

  private static Value head(Rule r, Rule.Branch b) {
    List<Value> ref = new ArrayList<>();
    String name = ((RegoString) ((Term.Const) r.path().getFirst()).value()).value();
    ref.add(variable(name));
    r.path().subList(1, r.path().size()).forEach(t -> ref.add(term(t)));
    boolean element = r.path().size() == 2 && !(r.path().get(1) instanceof Term.Const);
    Value key = r.key() != null ? term(r.key()) : element ? term(r.path().get(1)) : null;
    return new TreeWriter()
        .put("name", r.path().size() == 1 || element ? RegoString.of(name) : null)
        .put("ref", RegoArray.of(ref))
        .put("args", r.args() == null || r.args().isEmpty() ? null : terms(r.args()))
        .put("key", key)
        .put("value", b.value() == null ? null : term(b.value()))
        .flag("assign", b.assigned())
        .done();
  }

  private static Value body(List<Expr> body) {
    List<Value> out = new ArrayList<>();
    for (Expr e : body) {
      out.add(expr(e, out.size()));
    }
    return RegoArray.of(out);
  }

  private static Value expr(Expr e, int index) {
    List<Value> withs = new ArrayList<>();
    for (Expr.With w : e.withs()) {
      withs.add(
          new TreeWriter()
              .put("target", reference(w.target()))
              .put("value", term(w.value()))
              .done());
    }
    return new TreeWriter()
        .put("index", RegoNumber.of(index))
        .flag("negated", e.negated())
        .put("terms", form(e.form()))
        .put("with", withs.isEmpty() ? null : RegoArray.of(withs))
        .done();
  }

  /** A variable that stands where only references can is one of a single part. */
  private static Value reference(Term t) {
    return t instanceof Term.Var ? node("ref", RegoArray.of(term(t))) : term(t);
  }

  private static Value form(Expr.Form form) {
    return switch (form) {
      case Expr.Holds(Term.Call c) -> call(c);
      case Expr.Holds h -> term(h.term());
      case Expr.Unify u -> operation("eq", u.left(), u.right());
      case Expr.Assign a -> operation("assign", a.left(), a.right());
      case Expr.Some s -> symbols(s.vars().stream().map(v -> variable(v.name())).toList());
      case Expr.SomeIn s -> {
        List<Term> args = new ArrayList<>();
        if (s.key() != null) {
          args.add(s.key());
        }
        args.add(s.value());
        args.add(s.domain());
        List<String> name = s.key() == null ? TermParser.MEMBER_2 : TermParser.MEMBER_3;
        yield symbols(List.of(node("call", call(new Term.Call(name, args, s.domain().at())))));
      }
      case Expr.Every v ->
          new TreeWriter()
              .put("key", v.key() == null ? RegoNull.NULL : term(v.key()))
              .put("value", term(v.value()))
              .put("domain", term(v.domain()))
              .put("body", body(v.body()))
              .done();
      case Expr.Not n -> new TreeWriter().put("not", body(n.body())).done();
      case Expr.Logical l ->
          new TreeWriter()
              .put("operator", RegoString.of(l.or() ? "or" : "and"))
              .put("left", body(l.left()))
              .put("right", body(l.right()))
              .done();
    };
  }

  private static Value symbols(List<Value> symbols) {
    return new TreeWriter().put("symbols", RegoArray.of(symbols)).done();
  }

  private static Value operation(String name, Term left, Term right) {
    return call(new Term.Call(List.of(name), List.of(left, right), left.at()));
  }

  private static Value call(Term.Call c) {
    List<Value> out = new ArrayList<>();
    out.add(node("ref", path(c.name())));
    c.args().forEach(a -> out.add(term(a)));
    return RegoArray.of(out);
  }

  private static Value terms(List<Term> terms) {
    return RegoArray.of(terms.stream().map(TreeWriter::term).toList());
  }

  private static Value term(Term t) {
    return switch (t) {
      case Term.Const c ->
          node(c.value().typeName(), c.value() instanceof RegoNull ? RegoObject.EMPTY : c.value());
      case Term.Var v -> variable(v.name());
      case Term.Ref r -> {
        List<Value> out = new ArrayList<>();
        out.add(term(r.head()));
        r.path().forEach(p -> out.add(term(p)));
        yield node("ref", RegoArray.of(out));
      }
      case Term.ArrayTerm a -> node("array", terms(a.items()));
      case Term.SetTerm s -> node("set", terms(s.items()));
      case Term.ObjectTerm o ->
          node(
              "object",
              RegoArray.of(
                  o.entries().stream()
                      .map(e -> RegoArray.of(term(e.key()), term(e.value())))
                      .toList()));
      case Term.Call c -> node("call", call(c));
      case Term.Comprehension c -> comprehension(c);
      case Term.Template x -> {
        List<Value> parts = new ArrayList<>();
        for (Term.Part p : x.parts()) {
          if (!p.text().isEmpty()) {
            parts.add(node("string", RegoString.of(p.text())));
          }
          if (p.hole() != null) {
            parts.add(expr(p.hole(), 0));
          }
        }
        yield node("templatestring", new TreeWriter().put("parts", RegoArray.of(parts)).done());
      }
    };
  }

  private static Value comprehension(Term.Comprehension c) {
    TreeWriter w = new TreeWriter().put("body", body(c.body()));
    return switch (c.shape()) {
      case ARRAY -> node("arraycomprehension", w.put("term", term(c.value())).done());
      case SET -> node("setcomprehension", w.put("term", term(c.value())).done());
      case OBJECT ->
          node(
              "objectcomprehension",
              w.put("key", c.key() == null ? null : term(c.key()))
                  .put("value", term(c.value()))
                  .done());
    };
  }
}
