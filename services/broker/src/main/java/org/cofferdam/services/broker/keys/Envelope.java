// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.cofferdam.core.bytes.SecretBytes;

/**
 * Encrypts what is kept, each item under a key of its own, which the {@link StoreKey} wraps: so a
 * new store key means to wrap again, not to encrypt again. The context (which table, name and
 * version) is authenticated, so that no item can be put in the place of another.
 *
 * <p>Form: version (one byte, 1), length of the wrapped key (two bytes, big endian), wrapped key,
 * content as {@link AesGcm}.
 */
public final class Envelope {
  private static final byte FORM = 1;
  private static final int HEAD = 3;

  private final StoreKey storeKey;
  private final SecureRandom random;

  public Envelope(StoreKey storeKey, SecureRandom random) {
    this.storeKey = storeKey;
    this.random = random;
  }

  public byte[] seal(SecretBytes content, String context) throws IOException {
    byte[] bytes = new byte[AesGcm.KEY_BYTES];
    random.nextBytes(bytes);
    byte[] bound = context.getBytes(StandardCharsets.UTF_8);
    try (SecretBytes key = SecretBytes.owning(bytes)) {
      byte[] wrapped = storeKey.wrap(key, bound);
      byte[] sealed = AesGcm.seal(key, content, bound, random);
      return ByteBuffer.allocate(HEAD + wrapped.length + sealed.length)
          .put(FORM)
          .putShort((short) wrapped.length)
          .put(wrapped)
          .put(sealed)
          .array();
    }
  }

  /**
   * @throws IOException where the item was changed, or is of another place or store key
   */
  public SecretBytes open(byte[] item, String context) throws IOException {
    if (item.length < HEAD || item[0] != FORM) {
      throw new IOException("something sealed has an unknown form");
    }
    int length = (item[1] & 0xff) << 8 | (item[2] & 0xff);
    if (item.length < HEAD + length) {
      throw new IOException("something sealed is too short to be whole");
    }
    byte[] bound = context.getBytes(StandardCharsets.UTF_8);
    byte[] wrapped = Arrays.copyOfRange(item, HEAD, HEAD + length);
    try (SecretBytes key = storeKey.unwrap(wrapped, bound)) {
      return AesGcm.open(key, Arrays.copyOfRange(item, HEAD + length, item.length), bound);
    }
  }
}
