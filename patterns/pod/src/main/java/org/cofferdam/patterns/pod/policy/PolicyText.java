// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.cofferdam.core.bytes.json.Json;

/** A policy as text: the rules, then the facts. */
public final class PolicyText {
  private static final String DATA = "policy_data := ";
  private static final String RULES = rules();

  private PolicyText() {}

  /** The whole policy. Comments of the rules are left out: they cost room in an annotation. */
  public static String write(Json.Obj data) {
    return RULES + "\n" + DATA + data.pretty() + "\n";
  }

  /** The rules alone, with their comments. */
  public static String source() {
    try (InputStream in = PolicyText.class.getResourceAsStream("rules.rego")) {
      if (in == null) {
        throw new IllegalStateException("rules.rego is not in the module");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The longest line, which an agent's engine may refuse. */
  public static int longestLine(String policy) {
    return policy.lines().mapToInt(String::length).max().orElse(0);
  }

  private static String rules() {
    StringBuilder text = new StringBuilder();
    boolean blank = true;
    for (String line : source().split("\n", -1)) {
      if (line.stripLeading().startsWith("#") || (blank && line.isBlank())) {
        continue;
      }
      blank = line.isBlank();
      text.append(line).append('\n');
    }
    return text.toString();
  }
}
