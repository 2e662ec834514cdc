// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.evidence.tpm.TpmPublic;

/**
 * TPM2_MakeCredential done by the verifier (TPM 2.0 Part 1 §24): a secret that only the TPM with
 * the certified endorsement key can open, and only for a key of exactly this name. The endorsement
 * key has the default template: RSA-2048, name algorithm SHA-256, AES-128-CFB.
 *
 * @param credentialBlob TPM2B_ID_OBJECT
 * @param encryptedSecret TPM2B_ENCRYPTED_SECRET
 */
public record CredentialChallenge(Bytes credentialBlob, Bytes encryptedSecret) {
  private static final String FORMAT = "endorsement key";
  private static final int SEED = 32;
  private static final int AES_BITS = 128;
  private static final int HMAC_BITS = 256;
  private static final int MOST_SECRET = 32;

  /**
   * @param endorsementKey certificate of the endorsement key; whether it is trusted is looked at
   *     when the evidence is verified
   * @param attestationKey public area of the key that will sign quotes; must be an attestation key
   * @param secret at most 32 bytes
   * @throws MalformedEvidenceException where a key does not fit
   */
  public static CredentialChallenge make(
      Certificate endorsementKey,
      TpmPublic attestationKey,
      SecretBytes secret,
      SecureRandom random) {
    if (!attestationKey.isAttestationKey()) {
      throw new MalformedEvidenceException(
          "TPMT_PUBLIC", "objectAttributes", 4, "is not of a restricted signing key");
    }
    byte[] seed = new byte[SEED];
    random.nextBytes(seed);
    try {
      byte[] wrapped = wrap(endorsementKey, seed, random);
      byte[] name = attestationKey.name().toArray();
      byte[] identity = secret.lend(s -> encrypt(seed, name, s));
      byte[] hmacKey = kdfa(seed, "INTEGRITY", new byte[0], HMAC_BITS);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(hmacKey, "HmacSHA256"));
      mac.update(identity);
      byte[] hmac = mac.doFinal(name);
      return new CredentialChallenge(
          sized(Bytes.concat(sized(Bytes.of(hmac)), Bytes.of(identity))), sized(Bytes.of(wrapped)));
    } catch (GeneralSecurityException e) {
      throw new MalformedEvidenceException(FORMAT, "subjectPublicKeyInfo", -1, "cannot encrypt");
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  private static byte[] wrap(Certificate certificate, byte[] seed, SecureRandom random)
      throws GeneralSecurityException {
    RSAPublicKey key =
        (RSAPublicKey)
            KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(certificate.spki().toArray()));
    BigInteger modulus = key.getModulus();
    if (modulus.bitLength() != 2048) {
      throw new MalformedEvidenceException(FORMAT, "modulus", -1, "has not 2048 bits");
    }
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
    byte[] label = {'I', 'D', 'E', 'N', 'T', 'I', 'T', 'Y', 0};
    cipher.init(
        Cipher.ENCRYPT_MODE,
        key,
        new OAEPParameterSpec(
            "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, new PSource.PSpecified(label)),
        random);
    return cipher.doFinal(seed);
  }

  private static byte[] encrypt(byte[] seed, byte[] name, byte[] secret) {
    if (secret.length == 0 || secret.length > MOST_SECRET) {
      throw new IllegalArgumentException("the secret must have 1 to " + MOST_SECRET + " bytes");
    }
    byte[] plain = new byte[2 + secret.length];
    plain[1] = (byte) secret.length;
    System.arraycopy(secret, 0, plain, 2, secret.length);
    try {
      Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(kdfa(seed, "STORAGE", name, AES_BITS), "AES"),
          new IvParameterSpec(new byte[16]));
      return cipher.doFinal(plain);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES in CFB mode", e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** KDFa (Part 1 §11.4.10.2) with HMAC-SHA-256, for at most one block. */
  private static byte[] kdfa(byte[] key, String label, byte[] context, int bits) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(new byte[] {0, 0, 0, 1});
      mac.update(label.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      mac.update((byte) 0);
      mac.update(context);
      mac.update(new byte[] {0, 0, (byte) (bits >> 8), (byte) bits});
      return Arrays.copyOf(mac.doFinal(), bits / 8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC with SHA-256", e);
    }
  }

  private static Bytes sized(Bytes content) {
    return Bytes.concat(Bytes.ofHex("%04x".formatted(content.length())), content);
  }
}
