// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.trial;

import java.util.List;
import java.util.Map;
import org.cofferdam.core.bytes.json.Json;

/** Texts that fit the patterns of a policy, as a real node would have them. */
final class Samples {
  private static final String GENERATED = "[bcdfghjklmnpqrstvwxz2456789]";
  private static final String ADDRESS = "[0-9a-fA-F:.]{2,45}";

  /** Pieces of patterns, longest first, and what takes their place. */
  private static final List<Map.Entry<String, String>> PIECES =
      List.of(
          Map.entry("(," + ADDRESS + ")?", ""),
          Map.entry(ADDRESS, "10.244.0.7"),
          Map.entry("[a-z0-9]([a-z0-9.\\-]{0,251}[a-z0-9])?", "worker-1"),
          Map.entry(
              "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "31df313a-931f-4979-a405-cc3f3ccb6a56"),
          Map.entry("[A-Za-z0-9_\\-]+", "c2lnbmF0dXJl"),
          Map.entry(GENERATED + "{1,10}", "6bdf9c4d7f"),
          Map.entry(GENERATED + "{5}", "x2k9p"),
          Map.entry(GENERATED + "+", "x2k9p"),
          Map.entry("([0-9]+-)?", ""),
          Map.entry("(-[0-9]+)?", ""),
          Map.entry("[a-z0-9.\\-]*", ""),
          Map.entry("[0-9]+", "7"),
          Map.entry("(?:/passthrough)?", ""),
          Map.entry("(watchable/)?", ""),
          Map.entry("pod_(sandbox|container)", "pod_container"),
          Map.entry(".*", "any"));

  private Samples() {}

  /** A text, or one that fits its pattern. */
  static String of(Json expected, Map<String, String> placeholders) {
    if (expected instanceof Json.Str s) {
      return s.value();
    }
    return ofPattern(expected.asObject("text").string("re"), placeholders);
  }

  static String ofPattern(String pattern, Map<String, String> placeholders) {
    String text = pattern;
    for (Map.Entry<String, String> piece : PIECES) {
      text = text.replace(piece.getKey(), piece.getValue());
    }
    for (Map.Entry<String, String> entry : placeholders.entrySet()) {
      text = text.replace(entry.getKey(), entry.getValue());
    }
    if (text.startsWith("^")) {
      text = text.substring(1);
    }
    if (text.endsWith("$")) {
      text = text.substring(0, text.length() - 1);
    }
    return text.replace("\\", "");
  }
}
