// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.foundry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Writes CBOR in its shortest form. */
final class CborWriter {
  static final byte[] NULL = {(byte) 0xf6};

  private CborWriter() {}

  static byte[] integer(long value) {
    return value >= 0 ? head(0, value) : head(1, -1 - value);
  }

  static byte[] bytes(byte[] value) {
    return Crypto.join(head(2, value.length), value);
  }

  static byte[] text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return Crypto.join(head(3, utf8.length), utf8);
  }

  static byte[] array(byte[]... items) {
    return Crypto.join(head(4, items.length), Crypto.join(items));
  }

  /** Keys and values in turn. */
  static byte[] map(byte[]... pairs) {
    return Crypto.join(head(5, pairs.length / 2), Crypto.join(pairs));
  }

  static byte[] tag(long number, byte[] item) {
    return Crypto.join(head(6, number), item);
  }

  /**
   * COSE_Sign1 around {@code payload}. The hook sees {@code NAME.protected}, {@code NAME.payload}
   * and {@code NAME.signature}.
   */
  static byte[] sign1(
      String name,
      byte[] protectedHeader,
      byte[] payload,
      UnaryOperator<byte[]> signer,
      Hook hook) {
    byte[] header = hook.field(name + ".protected", protectedHeader);
    byte[] content = hook.field(name + ".payload", payload);
    byte[] covered = array(text("Signature1"), bytes(header), bytes(new byte[0]), bytes(content));
    byte[] signature = hook.field(name + ".signature", signer.apply(covered));
    return array(bytes(header), map(), bytes(content), bytes(signature));
  }

  private static byte[] head(int major, long value) {
    int type = major << 5;
    if (value < 24) {
      return new byte[] {(byte) (type | value)};
    }
    byte[] eight = ByteBuffer.allocate(8).putLong(value).array();
    int width = value < 0x100 ? 1 : value < 0x10000 ? 2 : value < 0x1_0000_0000L ? 4 : 8;
    int info = 24 + Integer.numberOfTrailingZeros(width);
    return Crypto.join(new byte[] {(byte) (type | info)}, Arrays.copyOfRange(eight, 8 - width, 8));
  }
}
