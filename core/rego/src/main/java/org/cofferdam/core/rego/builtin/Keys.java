// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.rego.BuiltinException;

/** Keys from DER. */
final class Keys {
  private static final byte[] RSA_ALGORITHM = {
    0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };

  private Keys() {}

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

  private interface Reader<T> {
    T read(KeyFactory f) throws GeneralSecurityException;
  }

  /** What the first algorithm makes of it that understands it. */
  private static <T> T first(Reader<T> reader, String failure) {
    for (String algorithm : ALGORITHMS) {
      Optional<T> key = attempt(algorithm, reader);
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw BuiltinException.failed(failure);
  }

  private static <T> Optional<T> attempt(String algorithm, Reader<T> reader) {
    try {
      return Optional.of(reader.read(KeyFactory.getInstance(algorithm)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** A SubjectPublicKeyInfo. */
  static PublicKey spki(byte[] der) {
    return first(
        f -> f.generatePublic(new X509EncodedKeySpec(der)), "failed to parse a PEM public key");
  }

  /** A key in PKCS#8, or one of RSA in PKCS#1. */
  static PrivateKey secret(byte[] der, boolean pkcs1) {
    byte[] pkcs8 = pkcs1 ? wrap(der) : der;
    return first(
        f -> f.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)), "failed to parse private key");
  }

  private static byte[] wrap(byte[] pkcs1) {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(new byte[] {2, 1, 0});
    inner.writeBytes(RSA_ALGORITHM);
    inner.writeBytes(tagged(4, pkcs1));
    return tagged(0x30, inner.toByteArray());
  }

  static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int n = content.length;
    if (n < 0x80) {
      out.write(n);
    } else if (n < 0x100) {
      out.write(0x81);
      out.write(n);
    } else if (n < 0x10000) {
      out.write(0x82);
      out.write(n >> 8);
      out.write(n);
    } else {
      out.write(0x83);
      out.write(n >> 16);
      out.write(n >> 8);
      out.write(n);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
