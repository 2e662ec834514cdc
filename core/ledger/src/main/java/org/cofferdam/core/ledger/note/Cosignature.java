// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The signed message and the layout of a witness's cosignature, C2SP tlog-cosignature v1. */
public final class Cosignature {
  static final int TIME_SIZE = 8;
  static final int SIZE = TIME_SIZE + 64;

  private Cosignature() {}

  /** When the witness signed, as a good cosignature says. */
  public static Instant time(NoteSignature signature) {
    return Instant.ofEpochSecond(seconds(signature.signature()));
  }

  /** Unix time in seconds, from the first eight bytes, big endian. */
  static long seconds(byte[] signature) {
    return ByteBuffer.wrap(signature).getLong();
  }

  static byte[] message(long seconds, byte[] text) {
    byte[] head =
        ("cosignature/v1\ntime " + Long.toUnsignedString(seconds) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(head.length + text.length).put(head).put(text).array();
  }
}
