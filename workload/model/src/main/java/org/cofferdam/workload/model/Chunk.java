// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of one YAML document with its position in the source. Splitting first keeps an error in
 * one document from taking the later ones with it.
 *
 * @param text the document with its {@code ---} line
 * @param start first UTF-16 unit in the source
 * @param firstLine lines of the source before it
 * @param astral it has characters outside the basic plane, so that marks (in code points) and units
 *     differ
 */
record Chunk(String text, int start, int firstLine, boolean astral) {

  /**
   * Splits at lines that begin a document. Inside block scalars such a line ends the scalar by
   * YAML's own rule (it stands at column 0), so the split never cuts a value.
   */
  static List<Chunk> split(String text) {
    List<Chunk> chunks = new ArrayList<>();
    int start = 0;
    int startLine = 0;
    int line = 0;
    int at = 0;
    boolean content = false;
    while (at < text.length()) {
      int newline = text.indexOf('\n', at);
      int end = newline < 0 ? text.length() : newline + 1;
      if (content && marker(text, at, end)) {
        chunks.add(chunk(text, start, at, startLine));
        start = at;
        startLine = line;
        content = false;
      }
      content |= !directiveOrBlank(text, at, end);
      line++;
      at = end;
    }
    chunks.add(chunk(text, start, text.length(), startLine));
    return chunks;
  }

  /** The UTF-16 unit in the source of a mark, which counts code points of this chunk. */
  int unit(int codePoints) {
    return start + (astral ? text.offsetByCodePoints(0, codePoints) : codePoints);
  }

  private static Chunk chunk(String source, int start, int end, int firstLine) {
    String text = source.substring(start, end);
    return new Chunk(
        text, start, firstLine, text.codePointCount(0, text.length()) != text.length());
  }

  private static boolean marker(String text, int at, int end) {
    return text.startsWith("---", at)
        && (end - at == 3 || Character.isWhitespace(text.charAt(at + 3)));
  }

  /** Comments and {@code %} directives before a marker belong to the document that follows. */
  private static boolean directiveOrBlank(String text, int at, int end) {
    return text.charAt(at) == '%' || text.charAt(at) == '#' || text.substring(at, end).isBlank();
  }
}
