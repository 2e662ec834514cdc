// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the part of HCL that job files are written in: blocks with labels, attributes, texts,
 * here-documents, numbers, lists and objects. A block becomes an item of the sequence of its name,
 * with its labels under {@link #LABELS}. Expressions stay as their text.
 */
final class HclReader {
  /** The labels of a block, as one text. */
  static final String LABELS = "#labels";

  private static final int MAX_DEPTH = 60;

  private final Source source;
  private final String text;
  private int at;
  private int line = 1;
  private int depth;

  private HclReader(Source source) {
    this.source = source;
    this.text = source.text();
  }

  /**
   * @throws BadShapeException where the text breaks the form
   */
  static Node.Mapping read(Source source) {
    HclReader reader = new HclReader(source);
    Node.Mapping body = reader.body(new Place(source.name(), 1, ""));
    if (reader.at < reader.text.length()) {
      throw reader.bad("a '}' has no beginning");
    }
    return body;
  }

  private Node.Mapping body(Place place) {
    if (++depth > MAX_DEPTH) {
      throw bad("it is nested too deeply");
    }
    int start = at;
    Map<String, Node> values = new LinkedHashMap<>();
    Map<String, List<Node>> blocks = new LinkedHashMap<>();
    for (skip(); at < text.length() && text.charAt(at) != '}'; skip()) {
      Place here = new Place(source.name(), line, place.pointer());
      String name = text.charAt(at) == '"' ? quoted() : word();
      Place child = here.child(name, line);
      spaces();
      if (at < text.length() && (text.charAt(at) == '=' || text.charAt(at) == ':')) {
        at++;
        values.put(name, expression(child));
        skip();
        if (at < text.length() && text.charAt(at) == ',') {
          at++;
        }
      } else {
        List<String> labels = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != '{') {
          labels.add(text.charAt(at) == '"' ? quoted() : word());
          spaces();
        }
        take('{');
        Node.Mapping block = body(child);
        take('}');
        Map<String, Node.Member> members = new LinkedHashMap<>(block.members());
        Node label = new Node.Scalar(child, block.span(), String.join(".", labels), false);
        members.put(LABELS, new Node.Member(block.span(), label));
        blocks
            .computeIfAbsent(name, n -> new ArrayList<>())
            .add(new Node.Mapping(child, block.span(), members));
      }
    }
    depth--;
    Span span = new Span(start, at);
    Map<String, Node.Member> members = new LinkedHashMap<>();
    values.forEach((k, v) -> members.put(k, new Node.Member(v.span(), v)));
    blocks.forEach(
        (k, v) ->
            members.put(
                k,
                new Node.Member(
                    v.getFirst().span(), new Node.Sequence(v.getFirst().place(), span, v))));
    return new Node.Mapping(place, span, members);
  }

  private Node expression(Place place) {
    spaces();
    int start = at;
    if (at >= text.length()) {
      throw bad("a value is missing");
    }
    char c = text.charAt(at);
    if (c == '{') {
      at++;
      Node.Mapping object = body(place);
      take('}');
      return object;
    }
    if (c == '[') {
      return list(place);
    }
    if (text.startsWith("<<", at)) {
      return new Node.Scalar(place, new Span(start, at), hereDocument(), false);
    }
    if (c == '"') {
      String value = quoted();
      return new Node.Scalar(place, new Span(start, at), value, false);
    }
    int parentheses = 0;
    while (at < text.length()
        && (parentheses > 0 || (text.charAt(at) != '\n' && ",]}#".indexOf(text.charAt(at)) < 0))) {
      parentheses += text.charAt(at) == '(' ? 1 : text.charAt(at) == ')' ? -1 : 0;
      line += text.charAt(at) == '\n' ? 1 : 0;
      at++;
    }
    return new Node.Scalar(place, new Span(start, at), text.substring(start, at).strip(), true);
  }

  private Node list(Place place) {
    int start = at;
    take('[');
    List<Node> items = new ArrayList<>();
    for (skip(); at < text.length() && text.charAt(at) != ']'; skip()) {
      int before = at;
      items.add(expression(place.child(Integer.toString(items.size()), line)));
      skip();
      if (at < text.length() && text.charAt(at) == ',') {
        at++;
      } else if (at == before) {
        throw bad("a list is broken");
      }
    }
    take(']');
    return new Node.Sequence(place, new Span(start, at), items);
  }

  private String hereDocument() {
    int end = text.indexOf('\n', at);
    if (end < 0) {
      throw bad("a here-document has no end");
    }
    String word = text.substring(at + 2, end).replace("-", "").strip();
    StringBuilder value = new StringBuilder();
    at = end + 1;
    line++;
    while (at < text.length()) {
      int newline = text.indexOf('\n', at);
      String row = text.substring(at, newline < 0 ? text.length() : newline);
      at = newline < 0 ? text.length() : newline;
      if (row.strip().equals(word)) {
        return value.toString();
      }
      at = Math.min(at + 1, text.length());
      line++;
      value.append(row).append('\n');
    }
    throw bad("a here-document has no end");
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    int braces = 0;
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\n') {
        break;
      }
      if (c == '"' && braces == 0) {
        at++;
        return value.toString();
      }
      braces += text.startsWith("${", at) ? 1 : c == '}' && braces > 0 ? -1 : 0;
      if (c == '\\' && at + 1 < text.length()) {
        at++;
        char escaped = text.charAt(at);
        value.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
      } else {
        value.append(c);
      }
    }
    throw bad("a text has no end");
  }

  private String word() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "_-.".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    if (at == start) {
      throw bad("a name is missing");
    }
    return text.substring(start, at);
  }

  private void take(char c) {
    skip();
    if (at >= text.length() || text.charAt(at) != c) {
      throw bad("'" + c + "' is missing");
    }
    at++;
  }

  private void spaces() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  /** Blanks, ends of lines and comments. */
  private void skip() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        line++;
        at++;
      } else if (Character.isWhitespace(c) || c == ';') {
        at++;
      } else if (c == '#' || text.startsWith("//", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at);
        int stop = end < 0 ? text.length() : end + 2;
        line += (int) text.substring(at, stop).chars().filter(x -> x == '\n').count();
        at = stop;
      } else {
        return;
      }
    }
  }

  private BadShapeException bad(String what) {
    return new BadShapeException(
        new Place(source.name(), line, ""), "This is no job file that can be read: " + what + ".");
  }
}
