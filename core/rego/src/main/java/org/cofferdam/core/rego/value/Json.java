// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.value;

/** JSON text to values and back. */
public final class Json {
  private Json() {}

  /**
   * Parses one JSON document (RFC 8259). The last of two equal keys counts, as in Go.
   *
   * @throws JsonException where {@code text} is not JSON or nested too deep
   */
  public static Value parse(String text) {
    return new JsonReader(text).document();
  }

  /** Compact JSON, keys in order; sets become arrays, keys that are no strings their JSON text. */
  public static String write(Value v) {
    StringBuilder out = new StringBuilder();
    new JsonWriter(out, "", "").write(v);
    return out.toString();
  }

  /** JSON with one element a line. */
  public static String writePretty(Value v, String prefix, String indent) {
    StringBuilder out = new StringBuilder();
    new JsonWriter(out, prefix, indent).writePretty(v);
    return out.toString();
  }

  /** {@code s} as a JSON string. */
  public static String quote(String s) {
    StringBuilder out = new StringBuilder(s.length() + 2);
    JsonWriter.quote(s, out);
    return out.toString();
  }
}
