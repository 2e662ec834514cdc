// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferdam.core.rego.BuiltinException;

/** PEM blocks in a text. */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]++)-----([A-Za-z0-9+/=\\s]*+)-----END \\1-----");

  /** A block: its label, its bytes, and where it ends in the text. */
  @SuppressWarnings("ArrayRecordComponent")
  record Block(String type, byte[] der, int end) {}

  private Pem() {}

  static List<Block> blocks(String text) {
    List<Block> out = new ArrayList<>();
    Matcher m = BLOCK.matcher(text);
    while (m.find()) {
      try {
        byte[] der = Base64.getDecoder().decode(m.group(2).replaceAll("\\s", ""));
        out.add(new Block(m.group(1), der, m.end()));
      } catch (IllegalArgumentException e) {
        throw BuiltinException.failed("illegal base64 data in a PEM block");
      }
    }
    return out;
  }
}
