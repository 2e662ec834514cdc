// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

/** Upper and lower case, one code point for one, as Go does it. */
final class CaseMap {
  private CaseMap() {}

  static String lower(String s) {
    StringBuilder out = new StringBuilder(s.length());
    s.codePoints().map(Character::toLowerCase).forEach(out::appendCodePoint);
    return out.toString();
  }

  static String upper(String s) {
    StringBuilder out = new StringBuilder(s.length());
    s.codePoints().map(Character::toUpperCase).forEach(out::appendCodePoint);
    return out.toString();
  }
}
