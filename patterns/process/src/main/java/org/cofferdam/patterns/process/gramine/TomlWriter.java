// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.process.gramine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes TOML in the layout of Gramine's tools: plain values of a table first, then its tables;
 * arrays with one item a line; a list of tables as {@code [[blocks]]} where one of them would not
 * fit into a line of 100 characters. Every byte of the result is measured, so the layout is fixed.
 */
final class TomlWriter {
  private static final int MAX_LINE = 100;
  private static final String INDENT = "    ";

  private final StringBuilder out = new StringBuilder();

  private TomlWriter() {}

  static String write(Map<String, Object> document) {
    TomlWriter writer = new TomlWriter();
    writer.table(document, "", false);
    return writer.out.toString();
  }

  private record Table(String key, Map<String, Object> content, boolean block) {}

  private void table(Map<String, Object> table, String name, boolean block) {
    List<Map.Entry<String, Object>> plain = new ArrayList<>();
    List<Table> tables = new ArrayList<>();
    for (Map.Entry<String, Object> entry : table.entrySet()) {
      if (entry.getValue() instanceof Map<?, ?> map) {
        tables.add(new Table(entry.getKey(), cast(map), false));
      } else if (entry.getValue() instanceof List<?> list && isBlocks(list)) {
        for (Object item : list) {
          tables.add(new Table(entry.getKey(), cast(item), true));
        }
      } else {
        plain.add(entry);
      }
    }
    boolean written = false;
    if (block) {
      out.append("[[").append(name).append("]]\n");
      written = true;
    } else if (!name.isEmpty() && (!plain.isEmpty() || tables.isEmpty())) {
      out.append('[').append(name).append("]\n");
      written = true;
    }
    for (Map.Entry<String, Object> entry : plain) {
      out.append(key(entry.getKey())).append(" = ").append(literal(entry.getValue(), 0));
      out.append('\n');
      written = true;
    }
    for (Table inner : tables) {
      if (written) {
        out.append('\n');
      }
      written = true;
      String key = key(inner.key());
      table(inner.content(), name.isEmpty() ? key : name + "." + key, inner.block());
    }
  }

  private static boolean isBlocks(List<?> list) {
    return !list.isEmpty()
        && list.stream().allMatch(Map.class::isInstance)
        && !list.stream().allMatch(item -> fits(cast(item)));
  }

  private static boolean fits(Map<String, Object> table) {
    String line = INDENT + inline(table) + ",";
    return line.codePointCount(0, line.length()) <= MAX_LINE && !line.contains("\n");
  }

  private static String literal(Object value, int level) {
    return switch (value) {
      case String s -> string(s);
      case List<?> list -> array(list, level);
      case Map<?, ?> map -> inline(cast(map));
      default -> value.toString();
    };
  }

  private static String array(List<?> list, int level) {
    if (list.isEmpty()) {
      return "[]";
    }
    StringBuilder text = new StringBuilder("[\n");
    for (Object item : list) {
      text.append(INDENT.repeat(level + 1)).append(literal(item, level + 1)).append(",\n");
    }
    return text.append(INDENT.repeat(level)).append(']').toString();
  }

  private static String inline(Map<String, Object> table) {
    if (table.isEmpty()) {
      return "{}";
    }
    List<String> members = new ArrayList<>();
    table.forEach((name, value) -> members.add(key(name) + " = " + literal(value, 0)));
    return "{ " + String.join(", ", members) + " }";
  }

  private static String key(String name) {
    return name.matches("[A-Za-z0-9_-]+") ? name : string(name);
  }

  private static String string(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\b' -> quoted.append("\\b");
        case '\n' -> quoted.append("\\n");
        case '\f' -> quoted.append("\\f");
        case '\r' -> quoted.append("\\r");
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        default -> {
          if ((c < 0x20 && c != '\t') || c == 0x7f) {
            quoted.append("\\u%04x".formatted((int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  @SuppressWarnings("unchecked") // keys of TOML are strings
  private static Map<String, Object> cast(Object table) {
    return (Map<String, Object>) table;
  }
}
