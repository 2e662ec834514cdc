// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.kata;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.model.Source;
import org.cofferdam.workload.model.Span;
import org.cofferdam.workload.pattern.Change;

/** Changes of a manifest's text that keep everything else of it, comments and order too. */
final class YamlEdits {
  private final Source source;
  private final List<Change> changes = new ArrayList<>();

  YamlEdits(Source source) {
    this.source = source;
  }

  List<Change> changes() {
    return changes;
  }

  /** Sets a member to a text; nothing is done where it has it. */
  void set(Node.Mapping owner, String name, String value, String why) {
    Optional<Node> old = owner.get(name);
    if (old.isEmpty()) {
      insert(owner, name, value, why);
    } else if (!(old.get() instanceof Node.Scalar s && s.value().equals(value))) {
      replace(old.get(), value, why);
    }
  }

  /** Another text in place of a scalar. */
  void replace(Node node, String value, String why) {
    changes.add(
        new Change(
            node.place(), node.span(), text(node.span()), flow(node) ? quoted(value) : value, why));
  }

  /** A new member, before the first. */
  private void insert(Node.Mapping owner, String name, String value, String why) {
    put(owner, name + ": " + value, quoted(name) + ": " + quoted(value), why);
  }

  /** A new member that is an object of one member itself. */
  void insertObject(Node.Mapping owner, String name, String member, String value, String why) {
    put(
        owner,
        name + ":\n" + indent(owner) + "  " + member + ": " + value,
        quoted(name) + ": {" + quoted(member) + ": " + quoted(value) + "}",
        why);
  }

  /** A pod's metadata that holds one annotation. */
  void insertMetadata(Node.Mapping owner, String name, String value, String why) {
    String indent = indent(owner);
    put(
        owner,
        "metadata:\n" + indent + "  annotations:\n" + indent + "    " + name + ": " + value,
        "\"metadata\": {\"annotations\": {" + quoted(name) + ": " + quoted(value) + "}}",
        why);
  }

  private void put(Node.Mapping owner, String block, String flow, String why) {
    boolean empty = owner.members().isEmpty();
    if (flow(owner)) {
      int at = owner.span().start() + 1;
      change(owner, at, empty ? flow : flow + ", ", why);
      return;
    }
    int at = owner.members().values().iterator().next().keySpan().start();
    change(owner, at, block + "\n" + indent(owner), why);
  }

  private void change(Node owner, int at, String text, String why) {
    changes.add(new Change(owner.place(), new Span(at, at), "", text, why));
  }

  private static String quoted(String text) {
    return Json.of(text).write();
  }

  private String text(Span span) {
    return source.text().substring(span.start(), span.end());
  }

  /** The value stands in braces, as all of JSON does. */
  private boolean flow(Node node) {
    if (node instanceof Node.Mapping) {
      return source.text().startsWith("{", node.span().start());
    }
    return source.text().startsWith("\"", node.span().start());
  }

  /** Blanks up to the column of a block's first key. */
  private String indent(Node.Mapping owner) {
    if (owner.members().isEmpty() || flow(owner)) {
      return "";
    }
    int at = owner.members().values().iterator().next().keySpan().start();
    int line = source.text().lastIndexOf('\n', at - 1) + 1;
    return " ".repeat(at - line);
  }
}
