// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.scan;

import java.util.Iterator;
import java.util.Map;
import org.cofferdam.core.bytes.json.Json;

/** Writes a JSON document as YAML in block style; texts are quoted as JSON quotes them. */
final class YamlText {
  private final StringBuilder out = new StringBuilder();

  private YamlText() {}

  static String write(Json document) {
    YamlText text = new YamlText();
    text.value(document, 0, false);
    return text.out.toString();
  }

  private void value(Json value, int depth, boolean inline) {
    switch (value) {
      case Json.Obj o when o.members().isEmpty() -> line("{}", inline);
      case Json.Arr a when a.items().isEmpty() -> line("[]", inline);
      case Json.Obj o -> object(o, depth, inline);
      case Json.Arr a -> array(a, depth, inline);
      default -> line(value.write(), inline);
    }
  }

  private void line(String text, boolean inline) {
    out.append(inline ? " " : "").append(text).append('\n');
  }

  private void object(Json.Obj object, int depth, boolean inline) {
    if (inline) {
      out.append('\n');
    }
    Iterator<Map.Entry<String, Json>> members = object.members().entrySet().iterator();
    boolean first = true;
    while (members.hasNext()) {
      Map.Entry<String, Json> member = members.next();
      if (!first || inline) {
        out.repeat(' ', depth);
      }
      first = false;
      out.append(Json.of(member.getKey()).write()).append(':');
      value(member.getValue(), depth + 2, true);
    }
  }

  private void array(Json.Arr array, int depth, boolean inline) {
    if (inline) {
      out.append('\n');
    }
    for (Json item : array.items()) {
      out.repeat(' ', depth).append("- ");
      value(item, depth + 2, false);
    }
  }
}
