// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.process.gramine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * Reads TOML 1.0 into maps that keep the order of the text. Values are {@code String}, {@code
 * Boolean}, {@code Long}, {@code Double}, {@code List} and {@code Map}; dates have no place in a
 * manifest.
 */
final class ManifestReader {
  private ManifestReader() {}

  /**
   * @throws ManifestException with line and column where the text is no TOML
   */
  static Map<String, Object> read(String text) {
    TomlParseResult parsed = Toml.parse(text);
    if (parsed.hasErrors()) {
      throw new ManifestException("the manifest is no TOML: " + parsed.errors().getFirst());
    }
    return table(parsed);
  }

  private static Map<String, Object> table(TomlTable table) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : table.entrySet()) {
      map.put(entry.getKey(), value(entry.getKey(), entry.getValue()));
    }
    return map;
  }

  private static Object value(String key, Object value) {
    return switch (value) {
      case TomlTable table -> table(table);
      case TomlArray array -> {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
          list.add(value(key, array.get(i)));
        }
        yield list;
      }
      case String s -> s;
      case Boolean b -> b;
      case Long n -> n;
      case Double d -> d;
      default -> throw new ManifestException(key + " is a date, which no key takes");
    };
  }
}
