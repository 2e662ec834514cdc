// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.cofferdam.core.bytes.SecretBytes;

/** AES-256-GCM with a random nonce of 12 bytes in front, tag of 16 bytes at the end. */
public final class AesGcm {
  public static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private AesGcm() {}

  /**
   * @param context authenticated with the content, and needed again to open it
   */
  public static byte[] seal(
      SecretBytes key, SecretBytes plain, byte[] context, SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed =
        key.lend(k -> plain.lend(p -> run(Cipher.ENCRYPT_MODE, k, nonce, p, 0, context)));
    byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
    System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
    return both;
  }

  /**
   * @throws IOException where it was changed, or is of another key or context
   */
  public static SecretBytes open(SecretBytes key, byte[] sealed, byte[] context)
      throws IOException {
    if (sealed.length < NONCE_BYTES + TAG_BITS / 8) {
      throw new IOException("something sealed is too short to be whole");
    }
    byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    try {
      return key.lend(
          k ->
              SecretBytes.owning(run(Cipher.DECRYPT_MODE, k, nonce, sealed, NONCE_BYTES, context)));
    } catch (SealBrokenException e) {
      throw new IOException("something sealed was changed, or sealed under another key", e);
    }
  }

  private static byte[] run(
      int mode, byte[] key, byte[] nonce, byte[] input, int from, byte[] context) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(context);
      return cipher.doFinal(input, from, input.length - from);
    } catch (GeneralSecurityException e) {
      throw new SealBrokenException(e);
    }
  }

  private static final class SealBrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SealBrokenException(GeneralSecurityException cause) {
      super("AES-GCM", cause);
    }
  }
}
