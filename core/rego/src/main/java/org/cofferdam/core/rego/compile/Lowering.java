// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.compile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cofferdam.core.rego.ErrorCode;
import org.cofferdam.core.rego.Location;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.syntax.Expr;
import org.cofferdam.core.rego.syntax.Rule;
import org.cofferdam.core.rego.syntax.Term;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Resolves the names in a body and takes nested calls out of its terms. */
final class Lowering {
  private final Names names;
  private final Functions functions;
  private final @Nullable Annotated annotated;

  /** What comments say about the rule that is lowered. */
  record Annotated(Metadata metadata, Rule rule) {}

  Lowering(Names names, Functions functions, @Nullable Annotated annotated) {
    this.names = names;
    this.functions = functions;
    this.annotated = annotated;
  }

  /** A body in a new scope below {@code parent}. */
  Block block(List<Expr> body, Scope scope) {
    open(body, scope);
    return new Block(literals(body, scope), scope.owned);
  }

  /** Gives the body's undeclared variables their slots. */
  void open(List<Expr> body, Scope scope) {
    open(body, scope, Set.of());
  }

  /** The same, but for variables in {@code declared}, which the body gives theirs. */
  void open(List<Expr> body, Scope scope, Set<String> declared) {
    for (String name : new TreeSet<>(Scope.free(body))) {
      if (scope.find(name) == null && names.resolve(name) == null && !declared.contains(name)) {
        scope.add(name);
      }
    }
  }

  List<Literal> literals(List<Expr> body, Scope scope) {
    List<Literal> out = new ArrayList<>();
    for (Expr e : body) {
      literal(e, scope, out);
    }
    return out;
  }

  private void literal(Expr e, Scope scope, List<Literal> out) {
    Literal.Source source = new Literal.Source(e.at(), e.text());
    List<Literal> before = new ArrayList<>();
    List<Literal.With> withs = new ArrayList<>();
    for (Expr.With w : e.withs()) {
      withs.add(with(w, scope, before));
    }
    out.addAll(before);
    before.clear();
    Literal.Op op = op(e, scope, before, source);
    if (e.negated() && op != null) {
      op = hoist(op, scope, before, source);
    }
    for (Literal l : before) {
      out.add(new Literal(l.op(), false, withs, source));
    }
    if (op != null) {
      out.add(new Literal(op, e.negated(), withs, source));
    }
  }

  /**
   * The old {@code not} negates one operation only: the references that its operands are made of
   * are looked up before, and the whole body is undefined where one of them is.
   */
  private static Literal.Op hoist(
      Literal.Op op, Scope scope, List<Literal> pre, Literal.Source source) {
    Hoist h = new Hoist(scope, pre, source);
    return switch (op) {
      case Literal.Holds x -> new Literal.Holds(h.operand(x.node()));
      case Literal.Unify u -> new Literal.Unify(h.operand(u.left()), h.operand(u.right()));
      case Literal.Call c
          when c.callee() instanceof Literal.BuiltinCallee b && b.name().equals("equal") ->
          new Literal.Call(c.callee(), c.args().stream().map(h::operand).toList(), c.out());
      case Literal.Call c ->
          new Literal.Call(
              c.callee(),
              c.args().stream().map(h::all).toList(),
              c.out() == null ? null : h.all(c.out()));
      default -> op;
    };
  }

  private Literal.@Nullable Op op(Expr e, Scope scope, List<Literal> pre, Literal.Source source) {
    return switch (e.form()) {
      case Expr.Holds h -> holds(h.term(), scope, pre);
      case Expr.Unify u -> unify(term(u.left(), scope, pre), term(u.right(), scope, pre));
      case Expr.Assign a -> {
        if (e.negated()) {
          throw fail(e.at(), "cannot assign vars inside negated expression");
        }
        Node right = term(a.right(), scope, pre);
        declare(a.left(), scope, true);
        yield unify(term(a.left(), scope, pre), right);
      }
      case Expr.Some s -> {
        s.vars().forEach(v -> declareOne(v, scope, false));
        yield null;
      }
      case Expr.SomeIn s -> {
        Node domain = term(s.domain(), scope, pre);
        if (!(domain instanceof Node.Local)) {
          int slot = scope.temporary();
          pre.add(plain(new Literal.Unify(new Node.Local(slot), domain), source));
          domain = new Node.Local(slot);
        }
        if (s.key() != null) {
          declare(s.key(), scope, false);
        }
        declare(s.value(), scope, false);
        Node key = s.key() == null ? new Node.Local(scope.temporary()) : term(s.key(), scope, pre);
        yield new Literal.Unify(new Node.Path(domain, List.of(key)), term(s.value(), scope, pre));
      }
      case Expr.Every s -> every(s, scope, pre, source);
      case Expr.Not n -> new Literal.Not(block(n.body(), new Scope(scope, scope.slots)));
      case Expr.Logical l ->
          new Literal.Logical(
              l.or(),
              block(l.left(), new Scope(scope, scope.slots)),
              block(l.right(), new Scope(scope, scope.slots)));
    };
  }

  private static Literal plain(Literal.Op op, Literal.Source source) {
    return new Literal(op, false, List.of(), source);
  }

  private static Literal.Op unify(Node left, Node right) {
    return new Literal.Unify(left, right);
  }

  private Literal.Op every(Expr.Every s, Scope scope, List<Literal> pre, Literal.Source source) {
    Node domain = term(s.domain(), scope, pre);
    if (!(domain instanceof Node.Local)) {
      int slot = scope.temporary();
      pre.add(plain(new Literal.Unify(new Node.Local(slot), domain), source));
      domain = new Node.Local(slot);
    }
    Scope inner = new Scope(scope, scope.slots);
    Integer key = s.key() == null ? null : inner.add(s.key().name());
    int value = inner.add(s.value().name());
    Scope body = new Scope(inner, scope.slots);
    Block block = block(s.body(), body);
    BitSet used = Vars.used(block);
    if (!used.get(value) && !s.value().wildcard()) {
      throw fail(source.at(), "declared var " + s.value().name() + " unused");
    }
    if (key != null && s.key() != null && !used.get(key) && !s.key().wildcard()) {
      throw fail(source.at(), "declared var " + s.key().name() + " unused");
    }
    block.owned().or(inner.owned);
    return new Literal.Every(key, value, domain, block);
  }

  private void declare(Term pattern, Scope scope, boolean assign) {
    Set<String> declared = new HashSet<>();
    Scope.pattern(pattern, declared, new HashSet<>());
    if (assign
        && !(pattern instanceof Term.Var
            || pattern instanceof Term.ArrayTerm
            || pattern instanceof Term.ObjectTerm)) {
      throw fail(pattern.at(), "cannot assign to " + kind(pattern));
    }
    for (String name : new TreeSet<>(declared)) {
      declareOne(new Term.Var(name, pattern.at()), scope, assign);
    }
  }

  private static String kind(Term t) {
    return switch (t) {
      case Term.Const c -> c.value().typeName();
      case Term.Ref _ -> "ref";
      case Term.Call _ -> "call";
      default -> "this term";
    };
  }

  private void declareOne(Term.Var v, Scope scope, boolean assign) {
    if (v.wildcard()) {
      scope.add(v.name());
      return;
    }
    if (!scope.declared.add(v.name())) {
      throw fail(v.at(), "var " + v.name() + (assign ? " assigned above" : " declared above"));
    }
    if (scope.seen.contains(v.name())) {
      throw fail(v.at(), "var " + v.name() + " referenced above");
    }
    if (names.strict() && (v.name().equals("input") || v.name().equals("data"))) {
      throw fail(
          v.at(), "variables must not shadow " + v.name() + " (use a different variable name)");
    }
    scope.add(v.name());
  }

  private Literal.Op holds(Term term, Scope scope, List<Literal> pre) {
    if (term instanceof Term.Call c) {
      Value known = annotations(c, scope);
      if (known != null) {
        return new Literal.Holds(new Node.Lit(known));
      }
      if (c.dotted().equals("print") && names.resolve("print") == null) {
        return new Literal.Print(c.args().stream().map(a -> closure(a, scope)).toList());
      }
      return call(c, scope, pre);
    }
    return new Literal.Holds(term(term, scope, pre));
  }

  /** {@code {x | x = term}}: the values of a term that may have none. */
  private Node.Closure closure(Term term, Scope scope) {
    Expr e = new Expr(new Expr.Holds(term), false, List.of(), term.at(), "");
    return closure(e, scope);
  }

  private Node.Closure closure(Expr e, Scope scope) {
    Scope inner = new Scope(scope, scope.slots);
    int slot = inner.temporary();
    open(List.of(e), inner);
    List<Literal> pre = new ArrayList<>();
    List<Literal.With> withs = new ArrayList<>();
    List<Literal> out = new ArrayList<>();
    for (Expr.With w : e.withs()) {
      withs.add(with(w, scope, out));
    }
    Literal.Source source = new Literal.Source(e.at(), e.text());
    Node value =
        switch (e.form()) {
          case Expr.Holds h -> term(h.term(), inner, pre);
          default -> throw fail(e.at(), "a template-string expression must be a term");
        };
    pre.add(plain(unify(new Node.Local(slot), value), source));
    for (Literal l : pre) {
      out.add(new Literal(l.op(), false, withs, source));
    }
    return new Node.Closure(
        Term.Shape.SET, null, new Node.Local(slot), new Block(out, inner.owned), e.at());
  }

  Node term(Term term, Scope scope, List<Literal> pre) {
    return switch (term) {
      case Term.Const c -> new Node.Lit(c.value());
      case Term.Var v -> variable(v, scope);
      case Term.Ref r -> reference(r, scope, pre);
      case Term.ArrayTerm a -> new Node.Items(terms(a.items(), scope, pre));
      case Term.SetTerm s -> new Node.Elements(terms(s.items(), scope, pre));
      case Term.ObjectTerm o -> {
        // Of two equal constant keys the last counts, and the other's value is never looked at.
        Map<Object, Term.Entry> entries = new LinkedHashMap<>();
        for (Term.Entry entry : o.entries()) {
          entries.put(entry.key() instanceof Term.Const c ? c.value() : entry, entry);
        }
        yield new Node.Pairs(
            terms(entries.values().stream().map(Term.Entry::key).toList(), scope, pre),
            terms(entries.values().stream().map(Term.Entry::value).toList(), scope, pre));
      }
      case Term.Call c -> {
        Value known = annotations(c, scope);
        if (known != null) {
          yield new Node.Lit(known);
        }
        Literal.Op op = call(c, scope, pre);
        int slot = scope.temporary();
        Literal.Call call = (Literal.Call) op;
        if (call.out() != null) {
          throw new RegoException(
              ErrorCode.REGO_TYPE_ERROR, c.at(), c.dotted() + ": too many arguments");
        }
        pre.add(
            plain(
                new Literal.Call(call.callee(), call.args(), new Node.Local(slot)),
                new Literal.Source(c.at(), c.dotted())));
        yield new Node.Local(slot);
      }
      case Term.Comprehension c -> {
        Scope inner = new Scope(scope, scope.slots);
        open(c.body(), inner);
        Set<String> declared = declaredIn(c.body());
        List<Expr> head = new ArrayList<>();
        head.add(new Expr(new Expr.Holds(c.value()), false, List.of(), c.at(), ""));
        if (c.key() != null) {
          head.add(new Expr(new Expr.Holds(c.key()), false, List.of(), c.at(), ""));
        }
        open(head, inner, declared);
        List<Literal> body = literals(c.body(), inner);
        Node key = c.key() == null ? null : term(c.key(), inner, body);
        Node value = term(c.value(), inner, body);
        yield new Node.Closure(c.shape(), key, value, new Block(body, inner.owned), c.at());
      }
      case Term.Template t -> {
        List<String> texts = new ArrayList<>();
        List<Node.@Nullable Closure> holes = new ArrayList<>();
        for (Term.Part p : t.parts()) {
          texts.add(p.text());
          holes.add(p.hole() == null ? null : closure(p.hole(), scope));
        }
        yield new Node.Format(texts, holes, t.at());
      }
    };
  }

  static Set<String> declaredIn(List<Expr> body) {
    Set<String> declared = new HashSet<>();
    for (Expr e : body) {
      switch (e.form()) {
        case Expr.Assign a -> Scope.pattern(a.left(), declared, new HashSet<>());
        case Expr.Some s -> s.vars().forEach(v -> declared.add(v.name()));
        case Expr.SomeIn s -> {
          Scope.pattern(s.value(), declared, new HashSet<>());
          if (s.key() != null) {
            Scope.pattern(s.key(), declared, new HashSet<>());
          }
        }
        default -> {}
      }
    }
    return declared;
  }

  List<Node> terms(List<Term> terms, Scope scope, List<Literal> pre) {
    return terms.stream().map(t -> term(t, scope, pre)).toList();
  }

  private Node variable(Term.Var v, Scope scope) {
    Integer slot = scope.find(v.name());
    if (slot == null) {
      scope.seen.add(v.name());
      List<String> path = names.resolve(v.name());
      if (path == null) {
        return new Node.Local(scope.add(v.name()));
      }
      return absolute(path, List.of(), v.at());
    }
    if (!scope.declared.contains(v.name())) {
      scope.seen.add(v.name());
    }
    return new Node.Local(slot);
  }

  private static Node absolute(List<String> path, List<Node> rest, Location at) {
    List<Node> nodes = new ArrayList<>();
    path.subList(1, path.size()).forEach(p -> nodes.add(new Node.Lit(RegoString.of(p))));
    nodes.addAll(rest);
    if (path.getFirst().equals("data")) {
      return new Node.Data(nodes, at);
    }
    return nodes.isEmpty() ? new Node.Input() : new Node.Path(new Node.Input(), nodes);
  }

  private Node reference(Term.Ref r, Scope scope, List<Literal> pre) {
    Node head =
        r.head() instanceof Term.Var v
                && scope.find(v.name()) == null
                && names.resolve(v.name()) == null
            ? unknown(v, scope)
            : term(r.head(), scope, pre);
    List<Node> path = terms(r.path(), scope, pre);
    return switch (head) {
      case Node.Data d -> {
        List<Node> all = new ArrayList<>(d.path());
        all.addAll(path);
        yield new Node.Data(all, r.at());
      }
      case Node.Path p -> {
        List<Node> all = new ArrayList<>(p.path());
        all.addAll(path);
        yield new Node.Path(p.base(), all);
      }
      default -> new Node.Path(head, path);
    };
  }

  private Node unknown(Term.Var v, Scope scope) {
    return new Node.Local(scope.add(v.name()));
  }

  private Literal.Op call(Term.Call c, Scope scope, List<Literal> pre) {
    if (scope.find(c.name().getFirst()) != null) {
      throw new RegoException(
          ErrorCode.REGO_TYPE_ERROR, c.at(), "undefined function " + c.dotted());
    }
    Literal.Callee callee = callee(c.name(), c.at());
    List<Node> args = terms(c.args(), scope, pre);
    int arity = functions.arity(callee, c.at());
    if (arity >= 0 && args.size() == arity + 1) {
      return new Literal.Call(callee, args.subList(0, arity), args.get(arity));
    }
    if (arity >= 0 && args.size() != arity) {
      throw new RegoException(
          ErrorCode.REGO_TYPE_ERROR,
          c.at(),
          c.dotted() + ": arity mismatch: have " + args.size() + " arguments, want " + arity);
    }
    return new Literal.Call(callee, args, null);
  }

  /** The value of {@code rego.metadata.rule()} or {@code rego.metadata.chain()}, or null. */
  private @Nullable Value annotations(Term.Call c, Scope scope) {
    if (annotated == null
        || !c.args().isEmpty()
        || c.name().size() != 3
        || !c.name().getFirst().equals("rego")
        || scope.find("rego") != null
        || names.resolve("rego") != null) {
      return null;
    }
    return switch (c.dotted()) {
      case "rego.metadata.rule" -> annotated.metadata.rule(annotated.rule);
      case "rego.metadata.chain" -> annotated.metadata.chain(annotated.rule, names.pkg());
      default -> null;
    };
  }

  private Literal.Callee callee(List<String> name, Location at) {
    List<String> path = names.resolve(name.getFirst());
    if (path == null || path.equals(List.of("input"))) {
      String builtin = String.join(".", name);
      if (names.strict() && functions.deprecated(builtin)) {
        throw new RegoException(
            ErrorCode.REGO_TYPE_ERROR,
            at,
            "deprecated built-in function calls in expression: " + builtin);
      }
      return new Literal.BuiltinCallee(builtin);
    }
    List<String> all = new ArrayList<>(path);
    all.addAll(name.subList(1, name.size()));
    return new Literal.RuleCallee(all.subList(1, all.size()));
  }

  private Literal.With with(Expr.With w, Scope scope, List<Literal> pre) {
    List<String> target = path(w.target());
    if (target == null) {
      throw fail(w.at(), "with keyword target must be a reference of strings");
    }
    List<String> resolved =
        scope.find(target.getFirst()) == null ? names.resolve(target.getFirst()) : null;
    Literal.Target to;
    if (resolved == null) {
      String name = String.join(".", target);
      if (functions.arity(new Literal.BuiltinCallee(name), w.at()) < -1) {
        throw fail(
            w.at(), "with keyword target must reference existing input, data, or a function");
      }
      to = new Literal.BuiltinTarget(name);
    } else {
      List<String> all = new ArrayList<>(resolved);
      all.addAll(target.subList(1, target.size()));
      List<String> rest = all.subList(1, all.size());
      to =
          all.getFirst().equals("input")
              ? new Literal.InputTarget(rest)
              : new Literal.DataTarget(rest);
      functions.checkTarget(to, w.at());
    }
    Literal.Callee function = null;
    boolean onFunction =
        to instanceof Literal.BuiltinTarget
            || (to instanceof Literal.DataTarget d && functions.isFunction(d.path()));
    List<String> valuePath = path(w.value());
    if (onFunction && valuePath != null && scope.find(valuePath.getFirst()) == null) {
      Literal.Callee c = callee(valuePath, w.at());
      if (c instanceof Literal.RuleCallee r
          ? functions.isFunction(r.path())
          : functions.isBuiltin(String.join(".", valuePath))) {
        function = c;
      }
    }
    Node value =
        function != null
            ? new Node.Lit(org.cofferdam.core.rego.value.RegoNull.NULL)
            : term(w.value(), scope, pre);
    return new Literal.With(to, value, function, w.at());
  }

  private static @Nullable List<String> path(Term t) {
    List<String> path = new ArrayList<>();
    if (t instanceof Term.Var v) {
      return v.wildcard() ? null : List.of(v.name());
    }
    if (!(t instanceof Term.Ref r && r.head() instanceof Term.Var v)) {
      return null;
    }
    path.add(v.name());
    for (Term part : r.path()) {
      Value value = part instanceof Term.Const c ? c.value() : null;
      if (!(value instanceof RegoString s)) {
        return null;
      }
      path.add(s.value());
    }
    return path;
  }

  private static RegoException fail(Location at, String message) {
    return new RegoException(ErrorCode.REGO_COMPILE_ERROR, at, message);
  }
}
