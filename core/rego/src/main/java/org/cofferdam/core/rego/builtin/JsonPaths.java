// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.CallContext;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.JsonException;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoSet;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** JSON texts, and documents cut down to paths. */
final class JsonPaths {
  private JsonPaths() {}

  static void register(Registry r) {
    r.add(
        "json.marshal",
        1,
        (c, a) -> {
          Sizes.charge(c, a[0]);
          return RegoString.of(escaped(Json.write(a[0])));
        });
    r.add("json.marshal_with_options", 2, JsonPaths::marshal);
    r.one("json.unmarshal", s -> parse(Args.string(s, 1)));
    r.one("json.is_valid", s -> RegoBoolean.of(s instanceof RegoString x && valid(x.value())));
    r.two(
        "json.filter",
        (o, p) -> {
          Node tree = tree(paths(Args.object(o, 1), p));
          return tree == null ? RegoObject.EMPTY : filter(o, tree);
        });
    r.two(
        "json.remove",
        (o, p) -> {
          Value v = Args.object(o, 1);
          return remove(v, paths(v, p), 0);
        });
  }

  private static Value parse(String s) {
    try {
      return Json.parse(s);
    } catch (JsonException e) {
      throw BuiltinException.failed(e.toString());
    }
  }

  private static boolean valid(String s) {
    try {
      Json.parse(s);
      return true;
    } catch (JsonException e) {
      return false;
    }
  }

  private static Value marshal(CallContext c, Value[] a) {
    Sizes.charge(c, a[0]);
    RegoObject options = Args.object(a[1], 2);
    String prefix = "";
    String indent = "\t";
    Boolean pretty = null;
    for (int i = 0; i < options.size(); i++) {
      Value v = options.valueAt(i);
      String key =
          options.keyAt(i) instanceof RegoString s ? s.value() : options.keyAt(i).toString();
      switch (key) {
        case "pretty" ->
            pretty = option(v instanceof RegoBoolean b ? b.value() : null, "pretty", "boolean", v);
        case "indent" ->
            indent = option(v instanceof RegoString s ? s.value() : null, "indent", "string", v);
        case "prefix" ->
            prefix = option(v instanceof RegoString s ? s.value() : null, "prefix", "string", v);
        default ->
            throw BuiltinException.type("operand 2 object contained unknown key \"" + key + "\"");
      }
    }
    boolean doPretty = pretty == null ? options.size() > 0 : pretty;
    return RegoString.of(doPretty ? pretty(a[0], prefix, indent) : escaped(Json.write(a[0])));
  }

  private static String pretty(Value v, String prefix, String indent) {
    List<String> out = new ArrayList<>();
    for (String line : Json.writePretty(v, "", "\t").split("\n", -1)) {
      String text = line.stripLeading();
      out.add(prefix + indent.repeat(line.length() - text.length()) + escaped(text));
    }
    return String.join("\n", out);
  }

  private static <T> T option(@Nullable T v, String key, String type, Value given) {
    if (v == null) {
      throw BuiltinException.type(
          "operand 2 key \"" + key + "\" failed cast to " + type + ": got " + given.typeName());
    }
    return v;
  }

  /** The paths of the second operand: {@code a/b} texts with JSON pointer escapes, or arrays. */
  static List<List<Value>> paths(Value document, Value v) {
    if (!(v instanceof RegoArray || v instanceof RegoSet)) {
      throw Args.wrong(2, v, "set", "array");
    }
    List<List<Value>> out = new ArrayList<>();
    for (int i = 0; i < v.size(); i++) {
      out.add(path(v.valueAt(i)));
    }
    return out;
  }

  static List<Value> path(Value v) {
    if (v instanceof RegoArray a) {
      return a.items();
    }
    if (!(v instanceof RegoString s)) {
      throw BuiltinException.type(
          "operand 2 must be one of {set, array} containing string paths or array of path segments but got "
              + v.typeName());
    }
    List<Value> out = new ArrayList<>();
    if (s.value().isEmpty()) {
      return out;
    }
    String text = s.value().startsWith("/") ? s.value().substring(1) : s.value();
    for (String part : text.split("/", -1)) {
      out.add(RegoString.of(part.replace("~1", "/").replace("~0", "~")));
    }
    return out;
  }

  /** The element that a segment of a path means: an index is a number written as text. */
  static @Nullable Value key(Value container, Value segment) {
    if (container instanceof RegoArray && segment instanceof RegoString s) {
      return s.value().matches("0|[1-9]\\d{0,8}") ? RegoNumber.of(Long.parseLong(s.value())) : null;
    }
    return segment;
  }

  /** Paths as a tree; a node without children keeps all below it. */
  private record Node(Map<Value, Node> children) {}

  private static @Nullable Node tree(List<List<Value>> paths) {
    if (paths.isEmpty()) {
      return null;
    }
    Node root = new Node(new HashMap<>());
    for (List<Value> path : paths) {
      if (path.isEmpty()) {
        continue;
      }
      insert(root, path);
    }
    return root.children.isEmpty() ? null : root;
  }

  private static void insert(Node root, List<Value> path) {
    Node at = root;
    for (int i = 0; i < path.size(); i++) {
      Node next = at.children.get(path.get(i));
      if (next != null && next.children.isEmpty()) {
        return;
      }
      if (next == null || i == path.size() - 1) {
        next = new Node(new HashMap<>());
        at.children.put(path.get(i), next);
      }
      at = next;
    }
  }

  private static Value filter(Value v, Node tree) {
    if (tree.children.isEmpty()) {
      return v;
    }
    return switch (v) {
      case RegoObject o -> {
        Map<Value, Value> out = new HashMap<>();
        for (int i = 0; i < o.size(); i++) {
          Node below = tree.children.get(o.keyAt(i));
          if (below != null) {
            out.put(o.keyAt(i), filter(o.valueAt(i), below));
          }
        }
        yield RegoObject.of(out);
      }
      case RegoArray a -> {
        List<Value> out = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
          Node below = tree.children.get(RegoString.of(Integer.toString(i)));
          below = below == null ? tree.children.get(RegoNumber.of(i)) : below;
          if (below != null) {
            out.add(filter(a.valueAt(i), below));
          }
        }
        yield RegoArray.of(out);
      }
      case RegoSet s -> {
        List<Value> out = new ArrayList<>();
        for (Value x : s.items()) {
          Node below = tree.children.get(x);
          if (below != null) {
            out.add(filter(x, below));
          }
        }
        yield RegoSet.of(out);
      }
      default -> v;
    };
  }

  /** {@code v} without what the paths lead to; all of them are looked up in {@code v} as it is. */
  private static Value remove(Value v, List<List<Value>> paths, int i) {
    Map<Value, List<List<Value>>> below = new HashMap<>();
    Set<Value> gone = new HashSet<>();
    for (List<Value> path : paths) {
      Value key = i < path.size() ? key(v, path.get(i)) : null;
      if (key == null || v.get(key) == null) {
        continue;
      }
      if (i == path.size() - 1) {
        gone.add(key);
      } else {
        below.computeIfAbsent(key, k -> new ArrayList<>()).add(path);
      }
    }
    if (gone.isEmpty() && below.isEmpty()) {
      return v;
    }
    Map<Value, Value> map = new LinkedHashMap<>();
    for (int n = 0; n < v.size(); n++) {
      Value key = v.keyAt(n);
      List<List<Value>> rest = below.get(key);
      if (!gone.contains(key)) {
        map.put(key, rest == null ? v.valueAt(n) : remove(v.valueAt(n), rest, i + 1));
      }
    }
    return switch (v) {
      case RegoObject _ -> RegoObject.of(map);
      case RegoArray _ -> RegoArray.of(List.copyOf(map.values()));
      case RegoSet _ -> RegoSet.of(map.values());
      default -> v;
    };
  }

  /** As Go writes JSON: what HTML would take for its own is escaped. */
  static String escaped(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
