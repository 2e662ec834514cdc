// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads YAML and JSON texts of any origin into {@link Document}s. Aliases are resolved with a bound
 * on the size of the result, so that a small text cannot become a large tree; keys given twice and
 * keys that are no scalars are refused. A broken document is a {@link Problem}; the others of the
 * text are still read.
 */
public final class YamlReader {
  private static final int MAX_CHARACTERS = 16 << 20;
  private static final int MAX_NODES = 500_000;
  private static final int MAX_DEPTH = 100;
  private static final int LEAST_BUFFER = 1024;
  private static final int MOST_BUFFER = 1 << 20;

  private final Source source;
  private final List<Problem> problems;
  private final Deque<org.snakeyaml.engine.v2.nodes.Node> open = new ArrayDeque<>();
  private int nodes;

  private YamlReader(Source source, List<Problem> problems) {
    this.source = source;
    this.problems = problems;
  }

  /** All readable documents of the source; what could not be read is added to {@code problems}. */
  public static List<Document> read(Source source, List<Problem> problems) {
    if (source.text().length() > MAX_CHARACTERS) {
      problems.add(
          new Problem(
              source.name(), 0, "The file is larger than 16 MiB of text: it was not read."));
      return List.of();
    }
    List<Document> documents = new ArrayList<>();
    for (Chunk chunk : Chunk.split(source.text())) {
      new YamlReader(source, problems).document(chunk, documents);
    }
    return documents;
  }

  private void document(Chunk chunk, List<Document> documents) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source.name())
            .setUseMarks(true)
            // The reader copies what it holds with every buffer that it adds: few, for long values.
            .setBufferSize(Math.clamp(chunk.text().length(), LEAST_BUFFER, MOST_BUFFER))
            .setAllowDuplicateKeys(true)
            .setCodePointLimit(MAX_CHARACTERS)
            .setMaxAliasesForCollections(Integer.MAX_VALUE)
            .build();
    try {
      Iterator<org.snakeyaml.engine.v2.nodes.Node> roots =
          new Compose(settings).composeAllFromString(chunk.text()).iterator();
      while (roots.hasNext()) {
        org.snakeyaml.engine.v2.nodes.Node root = roots.next();
        Node node = convert(chunk, root, new Place(source.name(), line(chunk, root), ""));
        if (node instanceof Node.Mapping mapping) {
          documents.add(new Document(source, documents.size(), mapping));
        } else if (!node.isNull()) {
          throw new Unreadable(node.place().line(), "The document is no mapping.");
        }
      }
    } catch (Unreadable e) {
      problems.add(new Problem(source.name(), e.line, e.message, e.fix));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1 + chunk.firstLine();
      problems.add(
          new Problem(
              source.name(), line, "This is no YAML: " + e.getProblem() + ".", remedy(chunk, e)));
    } catch (YamlEngineException e) {
      problems.add(
          new Problem(
              source.name(),
              template(chunk),
              "This is no YAML that can be read.",
              remedy(chunk, e)));
    } catch (StackOverflowError e) {
      problems.add(
          new Problem(source.name(), chunk.firstLine() + 1, "The document is nested too deeply."));
    }
  }

  /** The line of the first expression of a template, or of the document. */
  private static int template(Chunk chunk) {
    int at = Math.max(0, chunk.text().indexOf("{{"));
    return chunk.firstLine()
        + 1
        + (int) chunk.text().substring(0, at).chars().filter(c -> c == '\n').count();
  }

  private static String remedy(Chunk chunk, YamlEngineException e) {
    String problem = String.valueOf(e.getMessage());
    if (chunk.text().contains("{{")) {
      return "It is a template: scan the output of 'helm template' instead.";
    }
    if (problem.contains("TAB")) {
      return "Indent with blanks: YAML takes no tabs.";
    }
    if (problem.contains("mapping values are not allowed")) {
      return "Put quotes around a value that has ': ' in it, or correct the indentation.";
    }
    if (problem.contains("quoted scalar")) {
      return "Close the quotes.";
    }
    if (problem.contains("block end") || problem.contains("block collection")) {
      return "Correct the indentation: items of one list or object begin in one column.";
    }
    return problem.contains("',' or") ? "Close the brackets." : "Correct the text at this line.";
  }

  private Node convert(Chunk chunk, org.snakeyaml.engine.v2.nodes.Node node, Place place)
      throws Unreadable {
    if (++nodes > MAX_NODES) {
      throw new Unreadable(
          place.line(), "The document has more than " + MAX_NODES + " values, aliases resolved.");
    }
    if (open.size() >= MAX_DEPTH) {
      throw new Unreadable(place.line(), "The document is nested deeper than " + MAX_DEPTH + ".");
    }
    if (open.contains(node)) {
      throw new Unreadable(place.line(), "An alias points into itself.");
    }
    Span span = span(chunk, node);
    if (node instanceof ScalarNode scalar) {
      boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
      return new Node.Scalar(place, span, scalar.getValue(), plain);
    }
    open.push(node);
    try {
      if (node instanceof SequenceNode sequence) {
        List<Node> items = new ArrayList<>();
        for (org.snakeyaml.engine.v2.nodes.Node item : sequence.getValue()) {
          String name = Integer.toString(items.size());
          items.add(convert(chunk, item, place.child(name, line(chunk, item))));
        }
        return new Node.Sequence(place, span, items);
      }
      return mapping(chunk, (MappingNode) node, place, span);
    } finally {
      open.pop();
    }
  }

  private Node.Mapping mapping(Chunk chunk, MappingNode node, Place place, Span span)
      throws Unreadable {
    Map<String, Node.Member> members = new LinkedHashMap<>();
    List<Node> merged = new ArrayList<>();
    for (NodeTuple tuple : node.getValue()) {
      int line = line(chunk, tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new Unreadable(line, "A key is no plain text.");
      }
      Node value = convert(chunk, tuple.getValueNode(), place.child(key.getValue(), line));
      if (key.getValue().equals("<<") && key.getScalarStyle() == ScalarStyle.PLAIN) {
        merged.add(value);
      } else if (members.put(key.getValue(), new Node.Member(span(chunk, key), value)) != null) {
        throw new Unreadable(
            line,
            "The key '" + shown(key.getValue()) + "' is given twice.",
            "Take one of them out.");
      }
    }
    for (Node value : merged) {
      merge(value, members);
    }
    return new Node.Mapping(place, span, members);
  }

  /** YAML 1.1 merge keys: own members win, then earlier maps. */
  private static void merge(Node value, Map<String, Node.Member> members) throws Unreadable {
    switch (value) {
      case Node.Mapping m -> m.members().forEach(members::putIfAbsent);
      case Node.Sequence s -> {
        for (Node item : s.items()) {
          merge(item, members);
        }
      }
      case Node.Scalar s -> throw new Unreadable(s.place().line(), "A merge key needs a mapping.");
    }
  }

  private static String shown(String key) {
    return key.length() > 60 ? key.substring(0, 60) + "…" : key;
  }

  private static int line(Chunk chunk, org.snakeyaml.engine.v2.nodes.Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1 + chunk.firstLine();
  }

  private static Span span(Chunk chunk, org.snakeyaml.engine.v2.nodes.Node node) {
    Optional<Mark> start = node.getStartMark();
    Optional<Mark> end = node.getEndMark();
    return new Span(
        chunk.unit(start.map(Mark::getIndex).orElse(0)),
        chunk.unit(end.map(Mark::getIndex).orElse(0)));
  }

  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;
    private final String message;
    private final String fix;

    Unreadable(int line, String message) {
      this(line, message, "");
    }

    Unreadable(int line, String message, String fix) {
      super(message);
      this.line = line;
      this.message = message;
      this.fix = fix;
    }
  }
}
