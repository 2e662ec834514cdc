// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.template;

import java.util.List;
import java.util.Set;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNull;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** The functions of templates. {@code and} and {@code or} are evaluated where they are called. */
final class Functions {
  private static final Set<String> NAMES =
      Set.of(
          "and", "or", "not", "len", "index", "slice", "eq", "ne", "lt", "le", "gt", "ge", "print",
          "println", "printf");

  private Functions() {}

  static boolean known(String name) {
    return NAMES.contains(name);
  }

  /** Calls a function; {@code format} is what {@code printf} does. */
  static @Nullable Value call(String name, List<@Nullable Value> args, Format format) {
    return switch (name) {
      case "not" -> RegoBoolean.of(!truth(arg(name, args, 0)));
      case "len" -> RegoNumber.of(length(arg(name, args, 0)));
      case "index" -> index(args);
      case "slice" -> slice(args);
      case "print", "println" -> print(args, name.equals("println"));
      case "printf" -> format.format(args);
      default -> RegoBoolean.of(compare(name, args));
    };
  }

  /** {@code printf}. */
  interface Format {
    Value format(List<@Nullable Value> args);
  }

  /** True where {@code if} takes a value for true: nothing zero or empty. */
  static boolean truth(@Nullable Value v) {
    return switch (v) {
      case null -> false;
      case RegoNull _ -> false;
      case RegoBoolean b -> b.value();
      case RegoNumber n -> n.signum() != 0;
      case RegoString s -> !s.value().isEmpty();
      default -> v.size() > 0;
    };
  }

  private static @Nullable Value arg(String name, List<@Nullable Value> args, int i) {
    if (i >= args.size()) {
      throw new TemplateException("wrong number of args for " + name);
    }
    return args.get(i);
  }

  private static int length(@Nullable Value v) {
    return switch (v) {
      case RegoString s -> Text.bytes(s.value());
      case RegoArray a -> a.size();
      case RegoObject o -> o.size();
      case null, default -> throw new TemplateException("error calling len");
    };
  }

  private static @Nullable Value index(List<@Nullable Value> args) {
    Value v = arg("index", args, 0);
    for (Value key : args.subList(1, args.size())) {
      if (!(v instanceof RegoArray || v instanceof RegoObject) || key == null) {
        throw new TemplateException("error calling index: cannot index this value");
      }
      Value below = v.get(key);
      if (below == null && v instanceof RegoArray) {
        throw new TemplateException("error calling index: index out of range: " + key);
      }
      v = below;
    }
    return v;
  }

  private static Value slice(List<@Nullable Value> args) {
    if (args.size() > 3 || !(arg("slice", args, 0) instanceof RegoArray a)) {
      throw new TemplateException("error calling slice");
    }
    int from = args.size() > 1 ? place(args.get(1)) : 0;
    int to = args.size() > 2 ? place(args.get(2)) : a.size();
    if (from > to || to > a.size()) {
      throw new TemplateException("error calling slice: index out of range");
    }
    return RegoArray.of(a.items().subList(from, to));
  }

  private static int place(@Nullable Value v) {
    if (v instanceof RegoNumber n && n.isLong() && n.longValue() >= 0) {
      return (int) Math.min(n.longValue(), Integer.MAX_VALUE);
    }
    throw new TemplateException("error calling slice: cannot index with this value");
  }

  private static Value print(List<@Nullable Value> args, boolean line) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < args.size(); i++) {
      boolean strings =
          i > 0 && (args.get(i) instanceof RegoString || args.get(i - 1) instanceof RegoString);
      if (i > 0 && (line || !strings)) {
        out.append(' ');
      }
      out.append(Text.of(args.get(i)));
    }
    return RegoString.of(line ? out.append('\n').toString() : out.toString());
  }

  private static boolean compare(String name, List<@Nullable Value> args) {
    if (args.size() < 2 || (args.size() > 2 && !name.equals("eq"))) {
      throw new TemplateException("wrong number of args for " + name);
    }
    Value a = args.getFirst();
    Value b = args.get(1);
    if (name.equals("eq")) {
      return args.subList(1, args.size()).stream().anyMatch(x -> a != null && a.equals(x));
    }
    if (name.equals("ne")) {
      return a == null || !a.equals(b);
    }
    if (a == null || b == null || a.rank() != b.rank() || a.isCollection()) {
      throw new TemplateException("error calling " + name + ": incompatible types for comparison");
    }
    int c = a.compareTo(b);
    return switch (name) {
      case "lt" -> c < 0;
      case "le" -> c <= 0;
      case "gt" -> c > 0;
      default -> c >= 0;
    };
  }

  /** How values are written. */
  static final class Text {
    private Text() {}

    static String of(@Nullable Value v) {
      return switch (v) {
        case null -> "<undefined>";
        case RegoNull _ -> "<undefined>";
        case RegoString s -> s.value();
        case RegoArray a ->
            "[" + String.join(" ", a.items().stream().map(Text::inner).toList()) + "]";
        case RegoObject o -> {
          StringBuilder out = new StringBuilder("map[");
          for (int i = 0; i < o.size(); i++) {
            out.append(i > 0 ? " " : "").append(inner(o.keyAt(i))).append(':');
            out.append(inner(o.valueAt(i)));
          }
          yield out.append(']').toString();
        }
        default -> Json.write(v);
      };
    }

    private static String inner(Value v) {
      return v instanceof RegoNull ? "<nil>" : of(v);
    }

    static int bytes(String s) {
      return org.cofferdam.core.rego.value.Utf8.encode(s).length;
    }
  }
}
