// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.x509;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/** RFC 7468: objects between {@code -----BEGIN} and {@code -----END} lines. */
public final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  private Pem() {}

  /**
   * The objects with this label, in order. Only white space may stand between the blocks.
   *
   * @throws MalformedEvidenceException on other text, another label, or invalid base64
   */
  public static List<Bytes> objects(String text, String label) {
    List<Bytes> found = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    int at = 0;
    while (matcher.find()) {
      blank(text, at, matcher.start());
      if (!matcher.group(1).equals(label)) {
        throw new MalformedEvidenceException("PEM", matcher.group(1), -1, "is not " + label);
      }
      found.add(decode(matcher.group(2)));
      at = matcher.end();
    }
    blank(text, at, text.length());
    return found;
  }

  /** The certificates of a chain, in the order of the text. */
  public static List<Certificate> certificates(String text) {
    return objects(text, "CERTIFICATE").stream().map(Certificate::parse).toList();
  }

  private static Bytes decode(String base64) {
    try {
      return Bytes.of(Base64.getDecoder().decode(base64.replaceAll("\\s", "")));
    } catch (IllegalArgumentException e) {
      throw new MalformedEvidenceException("PEM", "base64", -1, "is not valid");
    }
  }

  private static void blank(String text, int from, int to) {
    if (!text.substring(from, to).isBlank()) {
      throw new MalformedEvidenceException("PEM", "text", from, "stands between the blocks");
    }
  }
}
