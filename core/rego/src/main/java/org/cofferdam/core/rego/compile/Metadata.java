// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.ErrorCode;
import org.cofferdam.core.rego.Location;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.builtin.Yaml;
import org.cofferdam.core.rego.syntax.Module;
import org.cofferdam.core.rego.syntax.Rule;
import org.cofferdam.core.rego.syntax.Term;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * What the comments that begin with {@code METADATA} say about packages and rules: {@code
 * rego.metadata.rule} and {@code rego.metadata.chain}. They are read when a rule asks first.
 */
final class Metadata {
  private static final RegoObject NONE = RegoObject.EMPTY;

  private final List<Module> modules;
  private @Nullable List<Entry> entries;

  /** Annotations with the path of what they belong to. */
  private record Entry(
      String scope, List<String> path, Value annotations, Location at, Location of) {}

  Metadata(List<Module> modules) {
    this.modules = List.copyOf(modules);
  }

  /** The annotations of a rule, an empty object where it has none. */
  Value rule(Rule rule) {
    List<Entry> own = own(rule);
    return own.isEmpty() ? NONE : own.getFirst().annotations;
  }

  /**
   * The annotations from a rule outwards: its own, its document's, its package's, those of the
   * packages around it.
   */
  Value chain(Rule rule, List<String> pkg) {
    List<String> path = path(rule, pkg);
    List<Value> out = new ArrayList<>();
    List<Entry> own = own(rule);
    own.forEach(e -> out.add(entry(e.path, e.annotations)));
    if (own.isEmpty()) {
      out.add(entry(path, null));
    }
    add(out, "document", path);
    add(out, "package", pkg);
    for (int n = pkg.size(); n > 0; n--) {
      add(out, "subpackages", pkg.subList(0, n));
    }
    return RegoArray.of(out);
  }

  private void add(List<Value> out, String scope, List<String> path) {
    for (Entry e : entries()) {
      if (e.scope.equals(scope) && e.path.equals(path)) {
        out.add(entry(e.path, e.annotations));
        return;
      }
    }
  }

  private static Value entry(List<String> path, @Nullable Value annotations) {
    Map<Value, Value> m = new HashMap<>();
    m.put(RegoString.of("path"), RegoArray.of(path.stream().map(RegoString::of).toList()));
    if (annotations != null) {
      m.put(RegoString.of("annotations"), annotations);
    }
    return RegoObject.of(m);
  }

  private List<Entry> own(Rule rule) {
    return entries().stream()
        .filter(e -> e.scope.equals("rule") && e.of.equals(rule.at()))
        .sorted(Comparator.comparingInt((Entry e) -> e.at.row()).reversed())
        .toList();
  }

  private static List<String> path(Rule rule, List<String> pkg) {
    List<String> path = new ArrayList<>(pkg);
    for (Term t : rule.path()) {
      if (!(t instanceof Term.Const c && c.value() instanceof RegoString s)) {
        break;
      }
      path.add(s.value());
    }
    return path;
  }

  private List<Entry> entries() {
    List<Entry> known = entries;
    if (known == null) {
      known = new ArrayList<>();
      for (Module m : modules) {
        read(m, known);
      }
      entries = known;
    }
    return known;
  }

  private static void read(Module m, List<Entry> out) {
    List<Module.Comment> comments = m.comments();
    for (int i = 0; i < comments.size(); i++) {
      Module.Comment first = comments.get(i);
      if (first.at().column() != 1 || !first.text().strip().startsWith("METADATA")) {
        continue;
      }
      StringBuilder yaml = new StringBuilder();
      int row = first.at().row();
      while (i + 1 < comments.size() && comments.get(i + 1).at().row() == row + 1) {
        String line = comments.get(++i).text();
        yaml.append(line.startsWith(" ") ? line.substring(1) : line).append('\n');
        row++;
      }
      out.add(attach(m, row, yaml.toString(), first.at()));
    }
  }

  private static Entry attach(Module m, int row, String yaml, Location at) {
    RegoObject o = parse(yaml, at);
    Rule below = null;
    if (m.at().row() <= row) {
      for (Rule r : m.rules()) {
        if (r.at().row() > row && (below == null || r.at().row() < below.at().row())) {
          below = r;
        }
      }
    }
    boolean rule = m.at().row() <= row;
    String scope =
        o.get("scope") instanceof RegoString s
            ? s.value()
            : !rule ? "package" : o.get("entrypoint") == RegoBoolean.TRUE ? "document" : "rule";
    boolean fits =
        rule
            ? below != null && (scope.equals("rule") || scope.equals("document"))
            : scope.equals("package") || scope.equals("subpackages");
    if (!fits) {
      throw fail(at, "annotation scope '" + scope + "' cannot be applied to what follows it");
    }
    List<String> path = below == null ? m.path() : path(below, m.path());
    return new Entry(
        scope, path, AnnotationReader.read(o, scope), at, below == null ? m.at() : below.at());
  }

  private static RegoObject parse(String yaml, Location at) {
    if (yaml.isBlank()) {
      throw fail(at, "expected METADATA block, found whitespace");
    }
    try {
      if (Yaml.parse(yaml) instanceof RegoObject o) {
        return o;
      }
    } catch (BuiltinException e) {
      throw fail(at, String.valueOf(e.getMessage()));
    }
    throw fail(at, "a METADATA block must be a YAML mapping");
  }

  private static RegoException fail(Location at, String message) {
    return new RegoException(ErrorCode.REGO_PARSE_ERROR, at, message);
  }
}
