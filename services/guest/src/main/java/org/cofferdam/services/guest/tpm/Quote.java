// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.tpm;

/**
 * What TPM2_Quote gave.
 *
 * @param attest TPMS_ATTEST, the signed bytes
 * @param signature TPMT_SIGNATURE
 */
public record Quote(byte[] attest, byte[] signature) {}
