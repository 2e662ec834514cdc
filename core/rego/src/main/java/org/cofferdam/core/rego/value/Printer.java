// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.value;

/** Writes a value in Rego's own syntax, as {@code sprintf("%v")} shows it. */
final class Printer {
  private Printer() {}

  static String print(Value v) {
    StringBuilder out = new StringBuilder();
    print(v, out);
    return out.toString();
  }

  private static void print(Value v, StringBuilder out) {
    switch (v) {
      case RegoArray a -> {
        out.append('[');
        for (int i = 0; i < a.size(); i++) {
          print(a.valueAt(i), out.append(i == 0 ? "" : ", "));
        }
        out.append(']');
      }
      case RegoSet s -> {
        if (s.size() == 0) {
          out.append("set()");
          return;
        }
        out.append('{');
        for (int i = 0; i < s.size(); i++) {
          print(s.valueAt(i), out.append(i == 0 ? "" : ", "));
        }
        out.append('}');
      }
      case RegoObject o -> {
        out.append('{');
        for (int i = 0; i < o.size(); i++) {
          print(o.keyAt(i), out.append(i == 0 ? "" : ", "));
          print(o.valueAt(i), out.append(": "));
        }
        out.append('}');
      }
      default -> out.append(v);
    }
  }
}
