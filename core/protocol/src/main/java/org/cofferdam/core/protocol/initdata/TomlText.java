// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.initdata;

/** Strings as TOML 1.0 writes them. */
final class TomlText {
  private TomlText() {}

  static String value(String text) {
    return literal(text) ? "'''\n" + text + "'''" : basic(text);
  }

  static String basic(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                  if (c < 0x20 || c == 0x7f) {
                    out.append(String.format("\\u%04x", c));
                  } else {
                    out.appendCodePoint(c);
                  }
                }
              }
            });
    return out.append('"').toString();
  }

  /** No three apostrophes, none at the end, and no control character but tab and line feed. */
  private static boolean literal(String text) {
    return text.indexOf('\n') >= 0
        && !text.contains("'''")
        && !text.endsWith("'")
        && text.chars().allMatch(c -> (c >= 0x20 && c != 0x7f) || c == '\n' || c == '\t');
  }
}
