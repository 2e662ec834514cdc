// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.gramine;

import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPublicKey;

/** An RSA-3072 key with exponent 3 that signs enclaves, in a file or in a token. */
public interface EnclaveSigner {
  RSAPublicKey publicKey();

  /**
   * @return RSASSA-PKCS1-v1_5 with SHA-256 over {@code message}, 384 bytes, big-endian
   */
  byte[] sign(byte[] message) throws GeneralSecurityException;
}
