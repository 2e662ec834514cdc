// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text that was given to us, kept exactly so that changes can be made as edits of it.
 *
 * @param name the file as it was given, {@code -} for standard input
 * @param text the whole text
 */
public record Source(String name, String text) {

  /**
   * @throws CharacterCodingException where the bytes are not UTF-8
   */
  public static Source utf8(String name, byte[] bytes) throws CharacterCodingException {
    boolean mark =
        bytes.length >= 3
            && Arrays.equals(bytes, 0, 3, new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, 0, 3);
    ByteBuffer content = ByteBuffer.wrap(bytes, mark ? 3 : 0, bytes.length - (mark ? 3 : 0));
    return new Source(name, StandardCharsets.UTF_8.newDecoder().decode(content).toString());
  }

  @Override
  public String toString() {
    return "Source[" + name + "]";
  }
}
