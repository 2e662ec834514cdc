// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern.convert;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Kubernetes' own references in commands, arguments and variables: {@code $(NAME)} is replaced
 * where the variable is known, {@code $$} is a dollar sign, and an unknown name stays as it is.
 */
final class Expansion {
  private final Map<String, String> known;
  private final Set<String> secret;
  private final Set<String> secretsUsed = new TreeSet<>();

  /**
   * @param known values by name
   * @param secret names whose value nobody knows before the launch
   */
  Expansion(Map<String, String> known, Set<String> secret) {
    this.known = known;
    this.secret = secret;
  }

  String expand(String text) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '$' && text.startsWith("$$", at)) {
        out.append('$');
        at += 2;
      } else if (c == '$' && text.startsWith("$(", at) && text.indexOf(')', at) > 0) {
        int end = text.indexOf(')', at);
        String name = text.substring(at + 2, end);
        if (secret.contains(name)) {
          secretsUsed.add(name);
        }
        out.append(known.getOrDefault(name, text.substring(at, end + 1)));
        at = end + 1;
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }

  /** The secret variables that were referred to, which no measured text can hold. */
  Set<String> secretsUsed() {
    return secretsUsed;
  }
}
