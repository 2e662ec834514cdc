// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.foundry;

/**
 * What a quote says of an enclave.
 *
 * @param mrEnclave 32 bytes
 * @param mrSigner 32 bytes
 * @param flags ATTRIBUTES.FLAGS; bit 0 INIT, bit 1 DEBUG, bit 2 MODE64BIT
 * @param reportData 64 bytes
 */
public record EnclaveIdentityOf(
    byte[] mrEnclave, byte[] mrSigner, int isvProdId, int isvSvn, long flags, byte[] reportData) {
  /** INIT and MODE64BIT: a production enclave. */
  public static final long PRODUCTION = 5;
}
