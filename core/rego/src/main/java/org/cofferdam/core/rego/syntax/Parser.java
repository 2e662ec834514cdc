// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.syntax;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.rego.Location;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.syntax.Token.Kind;
import org.cofferdam.core.rego.value.RegoString;
import org.jspecify.annotations.Nullable;

/** Parses modules and queries. Throws nothing but {@link RegoException}. */
public final class Parser {
  private final Tokens t;
  private final ExprParser exprs;
  private final Lexer lexer;

  private Parser(String file, String text, boolean v1) {
    lexer = new Lexer(file, text);
    t = new Tokens(file, text, lexer.tokens(), new Keywords(v1));
    exprs = new ExprParser(t);
  }

  /** Parses a module; {@code v1} false for the language before OPA 1.0. */
  public static Module module(String file, String text, boolean v1) {
    return new Parser(file, text, v1).module();
  }

  /** Parses the body of a query, in which all of v1's keywords hold. */
  public static List<Expr> query(String text) {
    return new Parser("", text, true).exprs.body("");
  }

  private Module module() {
    Location at = t.here();
    if (!t.takeKeyword("package")) {
      throw t.unexpected("package expected");
    }
    if (t.peek().kind() != Kind.WORD) {
      throw t.unexpected("expected a path");
    }
    List<String> path = path("package path");
    List<Module.Import> imports = new ArrayList<>();
    List<Rule> rules = new ArrayList<>();
    RuleParser ruleParser = new RuleParser(t, exprs);
    while (!t.done()) {
      exprs.terms.forget();
      if (t.take(";")) {
        continue;
      }
      if (t.atKeyword("import")) {
        t.next();
        Module.Import i = importStatement();
        if (i != null) {
          imports.add(i);
        }
      } else if (t.atKeyword("package")) {
        throw t.unexpected("only one package per module");
      } else {
        rules.addAll(ruleParser.rules());
      }
    }
    return new Module(path, imports, rules, lexer.comments(), t.keywords.strict(), at);
  }

  private List<String> path(String what) {
    List<String> path = new ArrayList<>();
    path.add(t.next().text());
    while (t.peek().glued() && (t.at(".") || t.at("["))) {
      if (t.take(".")) {
        if (t.peek().kind() != Kind.WORD) {
          throw t.unexpected("expected ident in the " + what);
        }
        path.add(t.next().text());
      } else {
        t.next();
        if (t.peek().kind() != Kind.STRING) {
          throw t.unexpected("expected a string in the " + what);
        }
        path.add(t.next().text());
        t.expect("]");
      }
    }
    return path;
  }

  private Module.@Nullable Import importStatement() {
    Location at = t.here();
    if (t.peek().kind() != Kind.WORD) {
      throw t.unexpected("expected a path");
    }
    List<String> path = path("import path");
    String root = path.getFirst();
    if (root.equals("future")) {
      future(path, at);
      return null;
    }
    if (root.equals("rego")) {
      if (path.equals(List.of("rego", "v1"))) {
        t.keywords.v1();
      } else if (path.equals(List.of("rego", "v2"))) {
        t.keywords.v2();
      } else {
        throw t.fail(at, "invalid import, must be `rego.v1` or `rego.v2`");
      }
      noAlias("rego");
      return null;
    }
    if (!root.equals("data") && !root.equals("input")) {
      throw t.fail(
          at,
          "unexpected import path, must begin with one of: {data, future, input, rego}, got: "
              + root);
    }
    String alias = path.getLast();
    if (t.takeKeyword("as")) {
      if (t.peek().kind() != Kind.WORD || t.keywords.isKeyword(t.peek().text())) {
        throw t.unexpected("expected an alias");
      }
      alias = t.next().text();
    } else if (path.size() > 1 && t.keywords.isKeyword(alias)) {
      throw t.fail(at, "unexpected import path, must not end with a keyword, got: " + alias);
    }
    return new Module.Import(path, alias, at);
  }

  private void future(List<String> path, Location at) {
    if (path.size() < 2 || !path.get(1).equals("keywords") || path.size() > 3) {
      throw t.fail(at, "invalid import, must be `future.keywords`");
    }
    if (path.size() == 2) {
      Keywords.FUTURE.forEach(t.keywords::add);
    } else if (Keywords.FUTURE.contains(path.get(2))) {
      t.keywords.add(path.get(2));
    } else {
      throw t.fail(at, "unexpected keyword, must be one of " + Keywords.FUTURE);
    }
    noAlias("future");
  }

  private void noAlias(String what) {
    if (t.atKeyword("as")) {
      throw t.unexpected("`" + what + "` imports cannot be aliased");
    }
  }

  static Term string(String s, Location at) {
    return new Term.Const(RegoString.of(s), at);
  }
}
