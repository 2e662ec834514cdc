// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.kbs;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * The two base64 forms of the protocol, each with exactly one text for given bytes: what does not
 * encode back to itself is refused.
 */
public final class Base64Text {
  private Base64Text() {}

  /** RFC 4648 §4 with padding. */
  public static String standard(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** RFC 4648 §5 without padding. */
  public static String url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * @throws MalformedEvidenceException on anything but the one padded text of some bytes
   */
  public static byte[] fromStandard(String field, String text) {
    byte[] bytes = decode(Base64.getDecoder(), field, text);
    return same(field, text, standard(bytes), bytes);
  }

  /**
   * @throws MalformedEvidenceException on anything but the one unpadded text of some bytes
   */
  public static byte[] fromUrl(String field, String text) {
    byte[] bytes = decode(Base64.getUrlDecoder(), field, text);
    return same(field, text, url(bytes), bytes);
  }

  private static byte[] decode(Base64.Decoder decoder, String field, String text) {
    try {
      return decoder.decode(text.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new MalformedEvidenceException("base64", field, -1, "is not base64");
    }
  }

  private static byte[] same(String field, String text, String again, byte[] bytes) {
    if (!text.equals(again)) {
      throw new MalformedEvidenceException("base64", field, -1, "is not the canonical text");
    }
    return bytes;
  }
}
