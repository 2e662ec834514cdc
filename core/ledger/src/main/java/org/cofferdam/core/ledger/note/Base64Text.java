// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.note;

import java.util.Base64;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/** Standard base64 with padding (RFC 4648 §4), in its one canonical spelling. */
final class Base64Text {
  private Base64Text() {}

  static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static byte[] decode(String format, String field, String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (encode(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new MalformedEvidenceException(format, field, -1, "is no base64");
    }
    throw new MalformedEvidenceException(format, field, -1, "is not canonical base64");
  }
}
