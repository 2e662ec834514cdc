// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoSet;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** {@code json.patch}: RFC 6902, with sets and keys of any type besides. */
final class JsonPatch {
  private JsonPatch() {}

  static void register(Registry r) {
    r.two("json.patch", JsonPatch::patch);
  }

  private static @Nullable Value patch(Value document, Value operations) {
    Value v = document;
    for (Value op : Args.array(operations, 2).items()) {
      if (!(op instanceof RegoObject o)) {
        throw BuiltinException.type(
            "operand 2 must be array of JSON-Patch objects but got array containing "
                + op.typeName());
      }
      v = apply(v, o);
      if (v == null) {
        return null;
      }
    }
    return v;
  }

  private static @Nullable Value apply(Value v, RegoObject op) {
    String name = op.get("op") instanceof RegoString s ? s.value() : "";
    List<Value> path = required(op, "path");
    return switch (name) {
      case "add" -> add(v, path, 0, value(op));
      case "remove" -> remove(v, path, 0);
      case "replace" -> {
        Value x = value(op);
        if (path.isEmpty()) {
          yield x;
        }
        yield get(v, path) == null ? null : replace(v, path, 0, x);
      }
      case "move" -> {
        List<Value> from = required(op, "from");
        Value x = get(v, from);
        Value without = x == null ? null : remove(v, from, 0);
        yield x == null || without == null ? null : add(without, path, 0, x);
      }
      case "copy" -> {
        Value x = get(v, required(op, "from"));
        yield x == null ? null : add(v, path, 0, x);
      }
      case "test" -> {
        Value x = get(v, path);
        yield x != null && x.equals(value(op)) ? v : null;
      }
      default -> throw BuiltinException.failed("unrecognized op '" + name + "'");
    };
  }

  private static Value value(RegoObject op) {
    Value v = op.get("value");
    if (v == null) {
      throw BuiltinException.failed("missing required attribute 'value'");
    }
    return v;
  }

  private static List<Value> required(RegoObject op, String name) {
    Value v = op.get(name);
    if (v == null) {
      throw BuiltinException.failed("missing required attribute '" + name + "'");
    }
    return JsonPaths.path(v);
  }

  private static @Nullable Value get(Value root, List<Value> path) {
    Value v = root;
    for (Value segment : path) {
      Value key = v == null ? null : JsonPaths.key(v, segment);
      v = v == null || key == null ? null : v.get(key);
    }
    return v;
  }

  private static int position(RegoArray a, Value segment, boolean adding) {
    if (adding && segment instanceof RegoString s && s.value().equals("-")) {
      return a.size();
    }
    Value key = JsonPaths.key(a, segment);
    long i = key instanceof RegoNumber n && n.isLong() ? n.longValue() : -1;
    return i >= 0 && (i < a.size() || (adding && i == a.size())) ? (int) i : -1;
  }

  private static @Nullable Value add(Value v, List<Value> path, int i, Value x) {
    if (i == path.size()) {
      return x;
    }
    Value segment = path.get(i);
    if (i < path.size() - 1) {
      return descend(v, segment, below -> add(below, path, i + 1, x));
    }
    return switch (v) {
      case RegoObject o -> {
        Map<Value, Value> map = o.toMap();
        map.put(segment, x);
        yield RegoObject.of(map);
      }
      case RegoArray a -> {
        int n = position(a, segment, true);
        if (n < 0) {
          yield null;
        }
        List<Value> items = new ArrayList<>(a.items());
        items.add(n, x);
        yield RegoArray.of(items);
      }
      case RegoSet s -> {
        if (!segment.equals(x)) {
          yield null;
        }
        List<Value> items = new ArrayList<>(s.items());
        items.add(x);
        yield RegoSet.of(items);
      }
      default -> null;
    };
  }

  private static @Nullable Value replace(Value v, List<Value> path, int i, Value x) {
    if (i == path.size()) {
      return x;
    }
    if (i == path.size() - 1 && v instanceof RegoSet) {
      Value without = remove(v, path, i);
      return without == null ? null : add(without, path, i, x);
    }
    return descend(v, path.get(i), below -> replace(below, path, i + 1, x));
  }

  private static @Nullable Value remove(Value v, List<Value> path, int i) {
    if (i == path.size()) {
      return null;
    }
    Value segment = path.get(i);
    if (i < path.size() - 1) {
      return descend(v, segment, below -> remove(below, path, i + 1));
    }
    return switch (v) {
      case RegoObject o -> {
        Map<Value, Value> map = o.toMap();
        yield map.remove(segment) == null ? null : RegoObject.of(map);
      }
      case RegoArray a -> {
        int n = position(a, segment, false);
        if (n < 0) {
          yield null;
        }
        List<Value> items = new ArrayList<>(a.items());
        items.remove(n);
        yield RegoArray.of(items);
      }
      case RegoSet s -> {
        List<Value> items = new ArrayList<>(s.items());
        yield items.remove(segment) ? RegoSet.of(items) : null;
      }
      default -> null;
    };
  }

  private interface Change {
    @Nullable Value apply(Value below);
  }

  /** {@code v} with the element at {@code segment} changed, or null where there is none. */
  private static @Nullable Value descend(Value v, Value segment, Change change) {
    Value key = JsonPaths.key(v, segment);
    Value below = key == null ? null : v.get(key);
    Value changed = below == null ? null : change.apply(below);
    if (key == null || below == null || changed == null) {
      return null;
    }
    return switch (v) {
      case RegoObject o -> {
        Map<Value, Value> map = o.toMap();
        map.put(key, changed);
        yield RegoObject.of(map);
      }
      case RegoArray a -> {
        List<Value> items = new ArrayList<>(a.items());
        items.set((int) ((RegoNumber) key).longValue(), changed);
        yield RegoArray.of(items);
      }
      case RegoSet s -> {
        List<Value> items = new ArrayList<>(s.items());
        items.remove(below);
        items.add(changed);
        yield RegoSet.of(items);
      }
      default -> null;
    };
  }
}
