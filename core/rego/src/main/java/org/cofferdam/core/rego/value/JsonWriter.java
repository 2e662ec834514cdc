// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.value;

import java.util.Map;
import java.util.TreeMap;

/** Writes JSON as Go does: keys sorted, the characters that matter in HTML escaped. */
final class JsonWriter {
  private final StringBuilder out;
  private final String prefix;
  private final String indent;
  private int depth;

  JsonWriter(StringBuilder out, String prefix, String indent) {
    this.out = out;
    this.prefix = prefix;
    this.indent = indent;
  }

  void write(Value v) {
    switch (v) {
      case RegoString s -> quote(s.value(), out);
      case RegoObject o -> {
        out.append('{');
        String separator = "";
        for (Map.Entry<String, Value> e : byText(o).entrySet()) {
          quote(e.getKey(), out.append(separator));
          out.append(':');
          write(e.getValue());
          separator = ",";
        }
        out.append('}');
      }
      case RegoArray a -> items(a);
      case RegoSet s -> items(s);
      default -> out.append(v);
    }
  }

  private void items(Value v) {
    out.append('[');
    for (int i = 0; i < v.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      write(v.valueAt(i));
    }
    out.append(']');
  }

  void writePretty(Value v) {
    if (v.size() == 0) {
      write(v);
      return;
    }
    boolean object = v instanceof RegoObject;
    out.append(object ? '{' : '[');
    depth++;
    String separator = "";
    if (v instanceof RegoObject o) {
      for (Map.Entry<String, Value> e : byText(o).entrySet()) {
        out.append(separator);
        line();
        quote(e.getKey(), out);
        out.append(": ");
        writePretty(e.getValue());
        separator = ",";
      }
    } else {
      for (int i = 0; i < v.size(); i++) {
        out.append(separator);
        line();
        writePretty(v.valueAt(i));
        separator = ",";
      }
    }
    depth--;
    line();
    out.append(object ? '}' : ']');
  }

  private void line() {
    out.append('\n').append(prefix).append(indent.repeat(depth));
  }

  private static Map<String, Value> byText(RegoObject o) {
    TreeMap<String, Value> map = new TreeMap<>(RegoString::compare);
    for (int i = 0; i < o.size(); i++) {
      Value k = o.keyAt(i);
      map.put(k instanceof RegoString s ? s.value() : Json.write(k), o.valueAt(i));
    }
    return map;
  }

  static void quote(String s, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x7f) {
            out.append(String.format("\\u%04x", (int) c));
          } else if (Character.isSurrogate(c) && !paired(s, i)) {
            out.append('\ufffd');
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean paired(String s, int i) {
    char c = s.charAt(i);
    return Character.isHighSurrogate(c)
        ? i + 1 < s.length() && Character.isLowSurrogate(s.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(s.charAt(i - 1));
  }
}
