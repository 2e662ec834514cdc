// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.foundry;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes named fields one after the other, each through the hook. */
final class Writer {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Hook hook;
  private final ByteOrder order;

  Writer(Hook hook, ByteOrder order) {
    this.hook = hook;
    this.order = order;
  }

  Writer bytes(String name, byte[] value) {
    out.writeBytes(hook.field(name, value));
    return this;
  }

  Writer u8(String name, int value) {
    return bytes(name, new byte[] {(byte) value});
  }

  Writer u16(String name, int value) {
    return bytes(name, ByteBuffer.allocate(2).order(order).putShort((short) value).array());
  }

  Writer u32(String name, long value) {
    return bytes(name, ByteBuffer.allocate(4).order(order).putInt((int) value).array());
  }

  Writer u64(String name, long value) {
    return bytes(name, ByteBuffer.allocate(8).order(order).putLong(value).array());
  }

  /** A length of two bytes, and the content. */
  Writer sized16(String name, byte[] value) {
    byte[] content = hook.field(name, value);
    u16(name + ".size", content.length);
    out.writeBytes(content);
    return this;
  }

  Writer zeros(String name, int count) {
    return bytes(name, new byte[count]);
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
