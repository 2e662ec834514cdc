// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.tpm;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.cofferdam.core.bytes.Digests;

/**
 * The verifier's side of credential activation (TPM 2.0 Part 1, 24), written from the
 * specification, apart from the code under test.
 */
public final class Credentials {
  private Credentials() {}

  /** TPM2B_ID_OBJECT and TPM2B_ENCRYPTED_SECRET. */
  public static byte[][] make(PublicKey endorsement, byte[] name, byte[] value)
      throws GeneralSecurityException {
    byte[] seed = new byte[32];
    new SecureRandom().nextBytes(seed);
    Cipher oaep = Cipher.getInstance("RSA/ECB/OAEPPadding");
    byte[] label = "IDENTITY\0".getBytes(StandardCharsets.US_ASCII);
    oaep.init(
        Cipher.ENCRYPT_MODE,
        endorsement,
        new OAEPParameterSpec(
            "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, new PSource.PSpecified(label)));
    byte[] secret = oaep.doFinal(seed);
    byte[] storage = Arrays.copyOf(kdfa(seed, "STORAGE", name, 128), 16);
    byte[] integrity = kdfa(seed, "INTEGRITY", new byte[0], 256);
    Cipher cfb = Cipher.getInstance("AES/CFB/NoPadding");
    cfb.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(storage, "AES"), new IvParameterSpec(new byte[16]));
    byte[] encrypted = cfb.doFinal(sized(value));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(integrity, "HmacSHA256"));
    mac.update(encrypted);
    byte[] hmac = mac.doFinal(name);
    return new byte[][] {sized(concat(sized(hmac), encrypted)), sized(secret)};
  }

  /** Name of an object whose name algorithm is SHA-256. */
  public static byte[] name(byte[] publicArea) {
    return concat(new byte[] {0, 0x0b}, Digests.sha256(publicArea));
  }

  private static byte[] kdfa(byte[] key, String label, byte[] context, int bits)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    mac.update(new byte[] {0, 0, 0, 1});
    mac.update((label + "\0").getBytes(StandardCharsets.US_ASCII));
    mac.update(context);
    return mac.doFinal(new byte[] {0, 0, (byte) (bits >> 8), (byte) bits});
  }

  private static byte[] sized(byte[] value) {
    return concat(new byte[] {(byte) (value.length >> 8), (byte) value.length}, value);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
