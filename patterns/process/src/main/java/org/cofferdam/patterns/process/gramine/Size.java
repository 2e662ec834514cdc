// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.process.gramine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes of a manifest: decimal or hexadecimal, with K, M or G for powers of 1024. */
final class Size {
  private static final Pattern FORM =
      Pattern.compile("(0[xX][0-9a-fA-F]{1,16}|[0-9]{1,18})([KMG]?)");

  private Size() {}

  static long parse(String key, String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw new ManifestException(key + " is no size: " + text);
    }
    int shift =
        switch (m.group(2)) {
          case "K" -> 10;
          case "M" -> 20;
          case "G" -> 30;
          default -> 0;
        };
    String digits = m.group(1);
    try {
      long count =
          digits.length() > 2 && digits.charAt(0) == '0' && "xX".indexOf(digits.charAt(1)) >= 0
              ? Long.parseLong(digits.substring(2), 16)
              : Long.parseLong(digits);
      return Math.multiplyExact(count, 1L << shift);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new ManifestException(key + " is too large: " + text);
    }
  }
}
