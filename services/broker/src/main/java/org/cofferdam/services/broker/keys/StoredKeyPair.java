// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.cofferdam.core.bytes.SecretBytes;

/**
 * A key pair of the server that outlives it. Kept as the length of the private half (two bytes, big
 * endian), the private half as PKCS#8, the public half as SubjectPublicKeyInfo.
 */
public final class StoredKeyPair {
  private static final int HEAD = 2;

  private StoredKeyPair() {}

  /** An ECDSA pair on P-256. */
  public static KeyPair p256(SystemKeys keys, String name, SecureRandom random) throws IOException {
    return pair(keys, name, "EC", random);
  }

  /** An Ed25519 pair. */
  public static KeyPair ed25519(SystemKeys keys, String name, SecureRandom random)
      throws IOException {
    return pair(keys, name, "Ed25519", random);
  }

  private static KeyPair pair(SystemKeys keys, String name, String algorithm, SecureRandom random)
      throws IOException {
    try (SecretBytes kept = keys.getOrMake(name, () -> make(algorithm, random))) {
      return kept.lend(bytes -> decode(algorithm, bytes));
    }
  }

  private static SecretBytes make(String algorithm, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      }
      KeyPair pair = generator.generateKeyPair();
      byte[] own = pair.getPrivate().getEncoded();
      byte[] open = pair.getPublic().getEncoded();
      byte[] both = new byte[HEAD + own.length + open.length];
      both[0] = (byte) (own.length >>> 8);
      both[1] = (byte) own.length;
      System.arraycopy(own, 0, both, HEAD, own.length);
      System.arraycopy(open, 0, both, HEAD + own.length, open.length);
      Arrays.fill(own, (byte) 0);
      return SecretBytes.owning(both);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot make such a key", e);
    }
  }

  private static KeyPair decode(String algorithm, byte[] both) {
    int length = (both[0] & 0xff) << 8 | (both[1] & 0xff);
    byte[] own = Arrays.copyOfRange(both, HEAD, HEAD + length);
    byte[] open = Arrays.copyOfRange(both, HEAD + length, both.length);
    try {
      KeyFactory factory = KeyFactory.getInstance(algorithm);
      return new KeyPair(
          factory.generatePublic(new X509EncodedKeySpec(open)),
          factory.generatePrivate(new PKCS8EncodedKeySpec(own)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key of the server cannot be read", e);
    } finally {
      Arrays.fill(own, (byte) 0);
    }
  }
}
