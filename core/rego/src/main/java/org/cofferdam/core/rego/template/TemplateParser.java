// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.template;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.rego.template.Node.Pipe;

/** Splits a template into texts and actions, and nests them. */
final class TemplateParser {
  private static final int MAX_DEPTH = 50;

  private final List<Piece> pieces = new ArrayList<>();
  private int at;
  private int depth;

  /** Text, or what stands between the braces of an action. */
  private record Piece(boolean action, String text) {}

  private TemplateParser() {}

  static List<Node> parse(String text) {
    TemplateParser p = new TemplateParser();
    p.split(text);
    List<Node> nodes = p.nodes(false);
    if (p.at < p.pieces.size()) {
      throw new TemplateException("unexpected {{" + p.pieces.get(p.at).text() + "}}");
    }
    return nodes;
  }

  private void split(String text) {
    int from = 0;
    boolean trim = false;
    while (true) {
      int open = text.indexOf("{{", from);
      String plain = text.substring(from, open < 0 ? text.length() : open);
      plain = trim ? plain.stripLeading() : plain;
      if (open < 0) {
        add(false, plain);
        return;
      }
      int start = open + 2;
      if (text.startsWith("- ", start)) {
        plain = plain.stripTrailing();
        start++;
      }
      add(false, plain);
      int close = close(text, start);
      trim = close - 2 >= start && text.charAt(close - 1) == '-' && blank(text.charAt(close - 2));
      String action = text.substring(start, trim ? close - 1 : close).strip();
      if (!action.startsWith("/*")) {
        add(true, action);
      } else if (!action.endsWith("*/")) {
        throw new TemplateException("comment ends before closing delimiter");
      }
      from = close + 2;
    }
  }

  private static boolean blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  /** Where the action's braces close; those in strings and comments do not count. */
  private static int close(String text, int from) {
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (text.startsWith("}}", i)) {
        return i;
      }
      if (text.startsWith("/*", i)) {
        i = text.indexOf("*/", i);
      } else if (c == '`') {
        i = text.indexOf('`', i + 1);
      } else if (c == '"') {
        i++;
        while (i < text.length() && text.charAt(i) != '"') {
          i += text.charAt(i) == '\\' ? 2 : 1;
        }
      }
      if (i < 0) {
        break;
      }
      i++;
    }
    throw new TemplateException("unclosed action");
  }

  private void add(boolean action, String text) {
    if (action || !text.isEmpty()) {
      pieces.add(new Piece(action, text));
    }
  }

  /** Nodes up to an {@code end} or {@code else}. */
  private List<Node> nodes(boolean loop) {
    if (++depth > MAX_DEPTH) {
      throw new TemplateException("nested too deep");
    }
    List<Node> out = new ArrayList<>();
    while (at < pieces.size()) {
      Piece p = pieces.get(at);
      if (!p.action) {
        out.add(new Node.Text(p.text));
        at++;
        continue;
      }
      ActionParser a = new ActionParser(p.text);
      if (a.take("end") || a.take("else")) {
        break;
      }
      at++;
      out.add(node(a, loop));
    }
    depth--;
    return out;
  }

  private Node node(ActionParser a, boolean loop) {
    if (a.take("if")) {
      return branches(false, pipe(a), loop);
    }
    if (a.take("with")) {
      return branches(true, pipe(a), loop);
    }
    if (a.take("range")) {
      Pipe p = pipe(a);
      List<Node> body = nodes(true);
      return new Node.Range(p, body, otherwise(loop, false));
    }
    boolean breaks = a.take("break");
    if (breaks || a.take("continue")) {
      a.end();
      if (!loop) {
        throw new TemplateException((breaks ? "{{break}}" : "{{continue}}") + " outside {{range}}");
      }
      return new Node.Leave(breaks);
    }
    return new Node.Action(pipe(a));
  }

  private static Pipe pipe(ActionParser a) {
    Pipe p = a.pipe();
    a.end();
    return p;
  }

  private Node branches(boolean dot, Pipe p, boolean loop) {
    List<Node> then = nodes(loop);
    return new Node.If(dot, p, then, otherwise(loop, true));
  }

  /** What follows {@code else}, up to and with {@code end}. */
  private List<Node> otherwise(boolean loop, boolean chains) {
    if (at >= pieces.size()) {
      throw new TemplateException("unexpected EOF");
    }
    ActionParser a = new ActionParser(pieces.get(at++).text);
    if (a.take("end")) {
      a.end();
      return List.of();
    }
    a.take("else");
    if (chains && a.take("if")) {
      return List.of(branches(false, pipe(a), loop));
    }
    if (chains && a.take("with")) {
      return List.of(branches(true, pipe(a), loop));
    }
    a.end();
    List<Node> out = nodes(loop);
    if (at >= pieces.size() || !pieces.get(at).text.equals("end")) {
      throw new TemplateException("unexpected EOF");
    }
    at++;
    return out;
  }
}
