// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.advise;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.workload.model.Document;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.model.Problem;
import org.cofferdam.workload.model.Source;
import org.cofferdam.workload.model.YamlReader;

/** Answers as a YAML or JSON document: one value or a list for each question. */
final class AnswerFile {
  private AnswerFile() {}

  static Map<String, List<String>> parse(Source source) {
    List<Problem> problems = new ArrayList<>();
    List<Document> documents = YamlReader.read(source, problems);
    if (!problems.isEmpty() || documents.size() != 1) {
      throw CommandException.usage(
          problems.stream()
              .findFirst()
              .map(p -> p.file() + ":" + p.line() + ": " + p.message())
              .orElse(source.name() + " holds not exactly one document."),
          "Write one line 'question: value' for each answer.");
    }
    Map<String, List<String>> answers = new LinkedHashMap<>();
    documents
        .getFirst()
        .root()
        .members()
        .forEach((id, member) -> answers.put(id, values(id, member.value())));
    return answers;
  }

  private static List<String> values(String id, Node node) {
    List<Node> items = node instanceof Node.Sequence s ? s.items() : List.of(node);
    List<String> values = new ArrayList<>();
    for (Node item : items) {
      if (!(item instanceof Node.Scalar scalar)) {
        throw CommandException.usage(
            node.place() + ": the answer to " + id + " is neither a value nor a list.",
            "Write 'question: value' or 'question: [value, value]'.");
      }
      values.add(word(scalar));
    }
    return values;
  }

  /** {@code yes} and {@code no} are words here, {@code true} and {@code false} mean them. */
  private static String word(Node.Scalar scalar) {
    return scalar
        .bool()
        .map(b -> b ? "yes" : "no")
        .orElse(scalar.isNull() ? "unknown" : scalar.value());
  }
}
