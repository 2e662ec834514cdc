// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Bytes that must not be seen: they cannot be printed, are compared in constant time, and are
 * overwritten on {@link #close()}. The bytes are lent to a function and never handed out, so that a
 * reader of the code finds every use by its name.
 */
public final class SecretBytes implements AutoCloseable {
  private final byte[] bytes;
  private boolean wiped;

  private SecretBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes a copy; the caller wipes its own. */
  public static SecretBytes copyOf(byte[] bytes) {
    return new SecretBytes(bytes.clone());
  }

  /** Takes the array itself: the caller must not keep it. */
  public static SecretBytes owning(byte[] bytes) {
    return new SecretBytes(bytes);
  }

  public int length() {
    return bytes.length;
  }

  /**
   * Lends the bytes to {@code use}, which must neither keep nor change them.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  public <T> T lend(Function<byte[], T> use) {
    if (wiped) {
      throw new IllegalStateException("the secret was wiped");
    }
    return use.apply(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretBytes that && MessageDigest.isEqual(bytes, that.bytes);
  }

  /** The same for all secrets: a hash of a short secret would tell it. */
  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "SecretBytes[" + bytes.length + " bytes]";
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
    wiped = true;
  }
}
