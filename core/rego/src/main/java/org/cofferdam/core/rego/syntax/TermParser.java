// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.rego.Location;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.syntax.Token.Kind;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNull;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoString;
import org.jspecify.annotations.Nullable;

/** Parses terms. Operators bind, from loose to tight: in; == &lt;; |; &amp;; + -; * / %. */
final class TermParser {
  private static final int MAX_CHAIN = 400;
  private static final List<Map<String, String>> LEVELS =
      List.of(
          Map.of("==", "equal", "!=", "neq", "<", "lt", ">", "gt", "<=", "lte", ">=", "gte"),
          Map.of("|", "or"),
          Map.of("&", "and"),
          Map.of("+", "plus", "-", "minus"),
          Map.of("*", "mul", "/", "div", "%", "rem"));
  static final List<String> MEMBER_2 = List.of("internal", "member_2");
  static final List<String> MEMBER_3 = List.of("internal", "member_3");

  private record Parsed(@Nullable Term term, @Nullable RegoException failure, int end) {}

  private final Tokens t;
  private final ExprParser exprs;

  /** Results by position, so that trying two readings of a brace stays linear. */
  private final Map<Integer, Parsed> memo = new HashMap<>();

  TermParser(Tokens t, ExprParser exprs) {
    this.t = t;
    this.exprs = exprs;
  }

  void forget() {
    memo.clear();
  }

  /** A term with all operators; {@code pairs} allows {@code k, v in xs}. */
  Term infix(boolean pairs) {
    t.enter();
    Term left = relation(0);
    int chain = 0;
    while (true) {
      Location at = left.at();
      if (pairs && t.at(",")) {
        Term three = pairIn(left);
        if (three == null) {
          break;
        }
        left = three;
      } else if (t.takeKeyword("in")) {
        left = new Term.Call(MEMBER_2, List.of(left, relation(0)), at);
      } else {
        break;
      }
      limit(++chain);
    }
    t.leave();
    return left;
  }

  private @Nullable Term pairIn(Term key) {
    int back = t.position();
    int depth = t.depth();
    t.next();
    try {
      Term value = relation(0);
      if (t.takeKeyword("in")) {
        return new Term.Call(MEMBER_3, List.of(key, value, relation(0)), key.at());
      }
    } catch (RegoException e) {
      // Not a pair: the comma belongs to what stands around the term.
      t.depth(depth);
    }
    t.back(back);
    return null;
  }

  private Term relation(int level) {
    if (level == LEVELS.size()) {
      return term();
    }
    Term left = relation(level + 1);
    int chain = 0;
    while (t.peek().kind() == Kind.SYMBOL) {
      String op = LEVELS.get(level).get(t.peek().text());
      if (op == null) {
        break;
      }
      t.next();
      left = new Term.Call(List.of(op), List.of(left, relation(level + 1)), left.at());
      limit(++chain);
    }
    return left;
  }

  private void limit(int chain) {
    if (chain > MAX_CHAIN) {
      throw t.fail(t.here(), "more than " + MAX_CHAIN + " operators in a row");
    }
  }

  /** A term without operators around it. */
  Term term() {
    int start = t.position();
    Parsed known = memo.get(start);
    if (known != null) {
      if (known.failure() != null) {
        throw known.failure();
      }
      t.back(known.end());
      if (known.term() != null) {
        return known.term();
      }
    }
    t.enter();
    int depth = t.depth();
    try {
      Term term = finish(primary());
      memo.put(start, new Parsed(term, null, t.position()));
      t.leave();
      return term;
    } catch (RegoException e) {
      t.depth(depth - 1);
      memo.put(start, new Parsed(null, e, start));
      throw e;
    }
  }

  private Term primary() {
    Token k = t.peek();
    Location at = t.here();
    return switch (k.kind()) {
      case NUMBER -> number("", at);
      case STRING -> {
        t.next();
        yield new Term.Const(RegoString.of(k.text()), at);
      }
      case TEMPLATE_START -> template(at);
      case WORD -> word(at);
      case SYMBOL -> symbol(k, at);
      default -> throw t.unexpected("expected a term");
    };
  }

  private Term symbol(Token k, Location at) {
    return switch (k.text()) {
      case "-" -> {
        t.next();
        if (t.peek().kind() == Kind.WORD) {
          Term zero = new Term.Const(RegoNumber.of(0), at);
          yield new Term.Call(List.of("minus"), List.of(zero, finish(word(t.here()))), at);
        }
        yield number("-", at);
      }
      case "." -> number("", at);
      case "[" -> array(at);
      case "{" -> braces(at);
      case "(" -> {
        t.next();
        Term inner = infix(true);
        t.expect(")");
        yield inner;
      }
      default -> throw t.unexpected("expected a term");
    };
  }

  private Term word(Location at) {
    Token k = t.next();
    String name = k.text();
    boolean ref = t.peek().glued() && (t.at(".") || t.at("["));
    if (!ref) {
      switch (name) {
        case "null" -> {
          return new Term.Const(RegoNull.NULL, at);
        }
        case "true" -> {
          return new Term.Const(RegoBoolean.TRUE, at);
        }
        case "false" -> {
          return new Term.Const(RegoBoolean.FALSE, at);
        }
        default -> {
          boolean callable =
              (name.equals("and") || name.equals("or")) && t.peek().glued() && t.at("(");
          if (t.keywords.isKeyword(name) && !name.equals("contains") && !callable) {
            t.back(t.position() - 1);
            throw t.unexpected("expected a term");
          }
        }
      }
    }
    return new Term.Var(name.equals("_") ? t.wildcard() : name, at);
  }

  private Term number(String sign, Location at) {
    String text = sign;
    if (t.take(".")) {
      text += "0.";
    }
    if (t.peek().kind() != Kind.NUMBER) {
      throw t.unexpected("expected a number");
    }
    String digits = t.peek().text();
    if (!text.endsWith(".")
        && digits.length() > 1
        && digits.charAt(0) == '0'
        && Character.isDigit(digits.charAt(1))) {
      throw t.unexpected("expected number without leading zero");
    }
    t.next();
    try {
      return new Term.Const(RegoNumber.parse(text + digits), at);
    } catch (NumberFormatException e) {
      throw t.fail(at, "number too big");
    }
  }

  /** References and calls glued to {@code head}. */
  private Term finish(Term head) {
    Term result = head;
    while (t.peek().glued() && t.peek().kind() == Kind.SYMBOL) {
      if (t.at("(")) {
        result = call(result);
      } else if (t.at(".") || t.at("[")) {
        result = ref(result);
      } else {
        break;
      }
    }
    return result;
  }

  private Term ref(Term head) {
    List<Term> path = new ArrayList<>();
    while (t.peek().glued() && (t.at(".") || t.at("["))) {
      if (t.take("[")) {
        path.add(infix(true));
        t.expect("]");
      } else {
        t.next();
        Token k = t.next();
        if (k.kind() != Kind.WORD || !k.glued()) {
          t.back(t.position() - (k.kind() == Kind.END ? 0 : 1));
          throw t.unexpected("expected a name after '.'");
        }
        path.add(new Term.Const(RegoString.of(k.text()), t.location(k)));
      }
    }
    if (head instanceof Term.Ref r) {
      List<Term> all = new ArrayList<>(r.path());
      all.addAll(path);
      return new Term.Ref(r.head(), all, r.at());
    }
    return new Term.Ref(head, path, head.at());
  }

  private Term call(Term operator) {
    List<String> name = dotted(operator);
    if (name == null) {
      throw t.unexpected("only a name can be called");
    }
    t.next();
    List<Term> args = list(")");
    t.next();
    if (name.equals(List.of("set")) && args.isEmpty()) {
      return new Term.SetTerm(List.of(), operator.at());
    }
    return new Term.Call(name, args, operator.at());
  }

  static @Nullable List<String> dotted(Term term) {
    if (term instanceof Term.Var v) {
      return v.wildcard() ? null : List.of(v.name());
    }
    if (term instanceof Term.Ref r && r.head() instanceof Term.Var v) {
      List<String> name = new ArrayList<>();
      name.add(v.name());
      for (Term part : r.path()) {
        if (!(part instanceof Term.Const c && c.value() instanceof RegoString s)) {
          return null;
        }
        name.add(s.value());
      }
      return name;
    }
    return null;
  }

  /** Comma-separated terms up to, and not including, {@code end}. */
  private List<Term> list(String end) {
    List<Term> items = new ArrayList<>();
    while (!t.at(end)) {
      items.add(infix(false));
      if (!t.take(",")) {
        break;
      }
    }
    if (!t.at(end)) {
      throw t.unexpected("expected ',' or '" + end + "'");
    }
    return items;
  }

  private Term array(Location at) {
    t.next();
    int start = t.position();
    if (!t.at("]")) {
      Term first = term();
      if (t.take("|")) {
        Term c = comprehension(Term.Shape.ARRAY, null, first, "]", start, at);
        if (c != null) {
          return c;
        }
      }
      t.back(start);
    }
    List<Term> items = list("]");
    t.next();
    return new Term.ArrayTerm(items, at);
  }

  /** The body after a bar, or null where it is no body: then the bar was a union. */
  private @Nullable Term comprehension(
      Term.Shape shape, @Nullable Term key, Term value, String end, int start, Location at) {
    int depth = t.depth();
    try {
      List<Expr> body = exprs.body(end);
      t.expect(end);
      return new Term.Comprehension(shape, key, value, body, at);
    } catch (RegoException e) {
      t.depth(depth);
      int failed = t.position();
      t.back(start);
      try {
        infix(false);
        if (t.at(",") || t.at(end) || t.at(":")) {
          return null;
        }
      } catch (RegoException again) {
        // Neither reading works: the first one is the likelier intent.
        t.depth(depth);
      }
      t.back(failed);
      throw e;
    }
  }

  private Term braces(Location at) {
    t.next();
    if (t.take("}")) {
      return new Term.ObjectTerm(List.of(), at);
    }
    int start = t.position();
    Term first = term();
    if (t.take("|")) {
      Term c = comprehension(Term.Shape.SET, null, first, "}", start, at);
      if (c != null) {
        return c;
      }
    }
    t.back(start);
    Term head = infix(false);
    if (t.at(":")) {
      return object(head, at);
    }
    t.back(start);
    List<Term> items = list("}");
    t.next();
    return new Term.SetTerm(items, at);
  }

  private Term object(Term firstKey, Location at) {
    t.next();
    int start = t.position();
    Term value = term();
    if (t.take("|")) {
      Term c = comprehension(Term.Shape.OBJECT, firstKey, value, "}", start, at);
      if (c != null) {
        return c;
      }
    }
    t.back(start);
    List<Term.Entry> entries = new ArrayList<>();
    Term key = firstKey;
    while (true) {
      entries.add(new Term.Entry(key, infix(false)));
      if (!t.take(",") || t.at("}")) {
        break;
      }
      key = infix(false);
      t.expect(":");
    }
    if (!t.take("}")) {
      throw t.unexpected("expected ',' or '}'");
    }
    return new Term.ObjectTerm(entries, at);
  }

  private Term template(Location at) {
    t.next();
    List<Term.Part> parts = new ArrayList<>();
    while (true) {
      Token k = t.next();
      switch (k.kind()) {
        case TEMPLATE_TEXT -> {
          if (!k.text().isEmpty()) {
            parts.add(new Term.Part(k.text(), null));
          }
        }
        case HOLE_START -> {
          if (t.peek().kind() == Kind.HOLE_END) {
            throw t.fail(t.here(), "invalid template-string expression: missing expression");
          }
          parts.add(new Term.Part("", exprs.hole()));
          if (t.peek().kind() != Kind.HOLE_END) {
            throw t.unexpected("expected '}' after the template's expression");
          }
          t.next();
        }
        default -> {
          return new Term.Template(parts, at);
        }
      }
    }
  }
}
