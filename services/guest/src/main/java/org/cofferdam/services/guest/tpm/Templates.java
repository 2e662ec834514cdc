// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.tpm;

import org.cofferdam.core.bytes.Hex;

/** Public templates of primary keys as TPMT_PUBLIC (TPM 2.0 Part 2, 12.2.4). */
final class Templates {
  private Templates() {}

  /**
   * L-1 of the TCG EK Credential Profile: RSA-2048, restricted decryption, usable after
   * PolicySecret with the endorsement hierarchy.
   */
  static byte[] endorsementKey() {
    return Hex.decode(
        "0001" // TPM_ALG_RSA
            + "000b" // name: SHA-256
            + "000300b2" // fixedTPM fixedParent sensitiveDataOrigin adminWithPolicy restricted
            // decrypt
            + "0020837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa"
            + "000600800043" // AES-128 CFB
            + "0010" // no scheme
            + "0800" // bits
            + "00000000" // exponent 65537
            + "0100"
            + "00".repeat(256));
  }

  /** ECDSA P-256 with SHA-256, restricted signing: signs only what the TPM itself states. */
  static byte[] attestationKey() {
    return Hex.decode(
        "0023" // TPM_ALG_ECC
            + "000b" // name: SHA-256
            + "00050472" // fixedTPM fixedParent sensitiveDataOrigin userWithAuth noDA restricted
            // sign
            + "0000" // no policy
            + "0010" // not a storage key
            + "0018000b" // ECDSA, SHA-256
            + "0003" // NIST P-256
            + "0010" // no KDF
            + "0000"
            + "0000");
  }
}
