// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Severity;

/**
 * A table of rules about single fields. One rule is one line of
 *
 * <pre>path | condition | verdict | id | message | fix</pre>
 *
 * where the path has {@code /} between names ({@code ~1} stands for a slash inside a name) and
 * begins at the pod's spec, with {@code each/} in front at each container, init containers too, or
 * with a {@code /} in front at the object itself; the condition is {@code present}, {@code absent},
 * {@code unpinned}, {@code is TEXT} or {@code is-not TEXT}, and the verdict is {@code info}, {@code
 * warning}, {@code error} (there is a fix within the pattern) or {@code excluded} (there is none).
 * Lines with {@code #} are comments.
 */
public final class FieldRules {
  private static final String EACH = "each/";

  private final List<FieldRule> rules;

  private FieldRules(List<FieldRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * Reads a table that lies beside a class.
   *
   * @throws IllegalArgumentException where the table breaks its own form
   */
  public static FieldRules load(Class<?> owner, String resource) {
    List<FieldRule> rules = new ArrayList<>();
    for (String line : lines(owner, resource)) {
      String[] cells = line.split("\\s*\\|\\s*", -1);
      if (cells.length != 6) {
        throw new IllegalArgumentException(resource + " has a line of another form: " + line);
      }
      for (String path : paths(cells[0])) {
        rules.add(rule(path, cells));
      }
    }
    return new FieldRules(rules);
  }

  private static FieldRule rule(String path, String[] cells) {
    return new FieldRule(
        path(path),
        path.startsWith("/"),
        condition(cells[1]),
        cells[2].equals("excluded") ? Severity.ERROR : severity(cells[2]),
        !cells[2].equals("excluded"),
        cells[3],
        cells[4],
        cells[5]);
  }

  private static List<String> paths(String text) {
    return text.startsWith(EACH)
        ? List.of(
            "initContainers/*/" + text.substring(EACH.length()),
            "containers/*/" + text.substring(EACH.length()))
        : List.of(text);
  }

  /**
   * The paths that a rule looks at, from the pod's spec or, with an empty first name, the object.
   */
  public List<List<String>> paths() {
    return rules.stream()
        .map(
            r ->
                r.fromObject()
                    ? Stream.concat(Stream.of(""), r.path().stream()).toList()
                    : r.path())
        .toList();
  }

  /**
   * @param id of a finding
   * @param message what it says
   * @param fix what to do, or empty
   */
  public record Explanation(String id, String message, String fix) {}

  /** What a finding of this table means. */
  public Optional<Explanation> explain(String id) {
    return rules.stream()
        .filter(r -> r.id().equals(id))
        .findFirst()
        .map(r -> new Explanation(r.id(), r.message(), r.fix()));
  }

  /** What the rules say of a pod, in the order of the text. */
  public List<Finding> apply(Workload workload) {
    List<Finding> findings = new ArrayList<>();
    for (FieldRule rule : rules) {
      Node.Mapping start = rule.fromObject() ? workload.document().root() : workload.pod().spec();
      walk(start, rule, 0, findings);
    }
    return findings;
  }

  /**
   * The workload has a field on this path.
   *
   * @param path names as in a table's first column; an empty first name starts at the whole object
   */
  public static boolean has(Workload workload, List<String> path) {
    boolean fromObject = path.getFirst().isEmpty();
    Node.Mapping start = fromObject ? workload.document().root() : workload.pod().spec();
    return there(start, fromObject ? path.subList(1, path.size()) : path);
  }

  private static boolean there(Node node, List<String> path) {
    if (node.isNull() || path.isEmpty()) {
      return !node.isNull();
    }
    List<String> rest = path.subList(1, path.size());
    return switch (node) {
      case Node.Mapping m -> m.get(path.getFirst()).filter(child -> there(child, rest)).isPresent();
      case Node.Sequence s ->
          path.getFirst().equals("*") && s.items().stream().anyMatch(item -> there(item, rest));
      case Node.Scalar s -> false;
    };
  }

  /** The ids that the table can give. */
  public List<String> ids() {
    return rules.stream().map(FieldRule::id).distinct().sorted().toList();
  }

  private static void walk(Node node, FieldRule rule, int depth, List<Finding> findings) {
    if (node.isNull()) {
      return;
    }
    if (depth == rule.path().size()) {
      if (rule.condition().holds(node)) {
        findings.add(rule.at(node));
      }
      return;
    }
    String step = rule.path().get(depth);
    boolean last = depth + 1 == rule.path().size();
    if (last && rule.condition() instanceof FieldRule.Absent) {
      if (node instanceof Node.Mapping m && m.get(step).isEmpty()) {
        findings.add(rule.at(node));
      }
      return;
    }
    switch (node) {
      case Node.Mapping m when step.equals("*") ->
          m.members().values().forEach(member -> walk(member.value(), rule, depth + 1, findings));
      case Node.Mapping m -> m.get(step).ifPresent(n -> walk(n, rule, depth + 1, findings));
      case Node.Sequence s when step.equals("*") ->
          s.items().forEach(item -> walk(item, rule, depth + 1, findings));
      case Node.Sequence s -> {}
      case Node.Scalar s -> {}
    }
  }

  private static List<String> path(String text) {
    return Arrays.stream(text.split("/", -1))
        .filter(s -> !s.isEmpty())
        .map(s -> s.replace("~1", "/"))
        .toList();
  }

  private static FieldRule.Condition condition(String text) {
    if (text.equals("absent")) {
      return new FieldRule.Absent();
    }
    if (text.equals("unpinned")) {
      return new FieldRule.Unpinned();
    }
    if (text.equals("present")) {
      return new FieldRule.Present();
    }
    if (text.startsWith("is ")) {
      return new FieldRule.Is(text.substring("is ".length()));
    }
    if (text.startsWith("is-not ")) {
      return new FieldRule.IsNot(text.substring("is-not ".length()));
    }
    throw new IllegalArgumentException("no condition: " + text);
  }

  private static Severity severity(String word) {
    for (Severity severity : Severity.values()) {
      if (severity.word().equals(word)) {
        return severity;
      }
    }
    throw new IllegalArgumentException("no verdict: " + word);
  }

  static List<String> lines(Class<?> owner, String resource) {
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(l -> !l.isEmpty() && !l.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
