// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.note;

import org.cofferdam.core.bytes.MalformedEvidenceException;

/** The rule for names of keys: not empty, no plus sign, no space of any kind, no control. */
final class KeyName {
  private KeyName() {}

  static String check(String name) {
    boolean wrong =
        name.isEmpty()
            || name.codePoints()
                .anyMatch(
                    c ->
                        c == '+'
                            || Character.isWhitespace(c)
                            || Character.isSpaceChar(c)
                            || Character.isISOControl(c));
    if (wrong) {
      throw new MalformedEvidenceException(
          SignedNote.FORMAT, "key name", -1, "is empty or has a space, plus sign or control");
    }
    return name;
  }
}
