// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.kbs;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.cofferdam.core.bytes.Digests;

/** ECDH-ES+A256KW (RFC 7518 §4.6): the key that wraps the content key. */
final class KeyAgreement256 {
  private KeyAgreement256() {}

  /** One round of the Concat KDF with SHA-256, both party fields empty. */
  static SecretKey wrappingKey(PrivateKey own, PublicKey other) throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(own);
    agreement.doPhase(other, true);
    byte[] z = agreement.generateSecret();
    byte[] alg = TeeKey.Ec.ALG.getBytes(StandardCharsets.US_ASCII);
    byte[] key = Digests.sha256(u32(1), z, u32(alg.length), alg, u32(0), u32(0), u32(256));
    Arrays.fill(z, (byte) 0);
    SecretKey wrapping = new SecretKeySpec(key, "AES");
    Arrays.fill(key, (byte) 0);
    return wrapping;
  }

  private static byte[] u32(int value) {
    return new byte[] {
      (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
    };
  }
}
