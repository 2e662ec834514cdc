// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hash functions of the formats, under one roof: inputs are hashed in the order given, as one
 * message.
 */
public final class Digests {
  private Digests() {}

  public static byte[] sha1(byte[]... parts) {
    return digest("SHA-1", parts);
  }

  public static byte[] sha256(byte[]... parts) {
    return digest("SHA-256", parts);
  }

  public static byte[] sha384(byte[]... parts) {
    return digest("SHA-384", parts);
  }

  public static byte[] sha512(byte[]... parts) {
    return digest("SHA-512", parts);
  }

  /** A fresh digest of an algorithm that every JDK has, under its JCA name. */
  public static MessageDigest start(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("this Java has no " + algorithm, e);
    }
  }

  /** Compares in a time that depends on the lengths only. */
  public static boolean equal(byte[] a, byte[] b) {
    return MessageDigest.isEqual(a, b);
  }

  private static byte[] digest(String algorithm, byte[]... parts) {
    MessageDigest digest = start(algorithm);
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }
}
