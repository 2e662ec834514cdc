// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import com.google.re2j.Matcher;

/** The {@code $1} and {@code ${name}} of a replacement text, as Go's regexp expands them. */
final class Expansion {
  private Expansion() {}

  static void expand(String by, Matcher m, StringBuilder out) {
    int i = 0;
    while (i < by.length()) {
      char c = by.charAt(i);
      if (c != '$') {
        out.append(c);
        i++;
        continue;
      }
      if (i + 1 < by.length() && by.charAt(i + 1) == '$') {
        out.append('$');
        i += 2;
        continue;
      }
      boolean brace = i + 1 < by.length() && by.charAt(i + 1) == '{';
      int start = i + (brace ? 2 : 1);
      int end = start;
      while (end < by.length() && word(by.charAt(end))) {
        end++;
      }
      if (end == start || (brace && (end >= by.length() || by.charAt(end) != '}'))) {
        out.append('$');
        i++;
        continue;
      }
      append(by.substring(start, end), m, out);
      i = brace ? end + 1 : end;
    }
  }

  private static boolean word(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static void append(String name, Matcher m, StringBuilder out) {
    String group = null;
    if (name.matches("\\d{1,6}")) {
      int n = Integer.parseInt(name);
      group = n <= m.groupCount() ? m.group(n) : null;
    } else if (m.pattern().namedGroups().containsKey(name)) {
      group = m.group(name);
    }
    out.append(group == null ? "" : group);
  }
}
