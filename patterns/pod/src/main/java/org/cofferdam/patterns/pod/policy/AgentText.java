// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.policy;

import java.util.List;
import org.cofferdam.core.bytes.json.Json;

/**
 * A text that a request must have: itself, or anything that fits a pattern.
 *
 * @param text itself, or the pattern without its anchors
 * @param pattern whether it is a pattern; the placeholders {@code $(sandbox-name)} and {@code
 *     $(sandbox-namespace)} in it stand for what the policy saw first
 */
record AgentText(String text, boolean pattern) {
  private static final String SPECIAL = "\\.+*?()|[]{}^$-&#~/ ";

  static AgentText exact(String text) {
    return new AgentText(text, false);
  }

  static AgentText like(String pattern) {
    return new AgentText(pattern, true);
  }

  /** Escaped so that every engine reads it as itself. */
  static String quote(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (SPECIAL.indexOf(c) >= 0 && c != '/' && c != ' ') {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }

  /** The texts one after the other. */
  static AgentText join(List<AgentText> parts) {
    boolean any = parts.stream().anyMatch(AgentText::pattern);
    StringBuilder out = new StringBuilder();
    for (AgentText part : parts) {
      out.append(any && !part.pattern ? quote(part.text) : part.text);
    }
    return new AgentText(out.toString(), any);
  }

  Json toJson() {
    return pattern ? Json.object().put("re", "^" + text + "$").build() : Json.of(text);
  }
}
