// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.value;

/**
 * A string, ordered by code points. Bytes that are no UTF-8 (a decoded base64 text, say) are kept
 * as lone surrogates, see {@link Utf8}.
 */
public final class RegoString implements Value {
  public static final RegoString EMPTY = new RegoString("");

  private final String value;

  private RegoString(String value) {
    this.value = value;
  }

  public static RegoString of(String value) {
    return value.isEmpty() ? EMPTY : new RegoString(value);
  }

  public String value() {
    return value;
  }

  @Override
  public String typeName() {
    return "string";
  }

  @Override
  public int rank() {
    return 3;
  }

  @Override
  public int compareTo(Value o) {
    return o instanceof RegoString s ? compare(value, s.value) : Integer.compare(3, o.rank());
  }

  /** Order of the UTF-8 encodings, which is that of the code points. */
  public static int compare(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean sx = Character.isSurrogate(x);
        boolean sy = Character.isSurrogate(y);
        // A surrogate stands for a code point above every other char.
        return sx == sy ? Character.compare(x, y) : sx ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof RegoString s && value.equals(s.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return Json.quote(value);
  }
}
