// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.tpm;

/**
 * A key that the TPM holds.
 *
 * @param handle transient or persistent handle
 * @param publicArea TPMT_PUBLIC as the TPM gave it
 */
public record TpmKey(int handle, byte[] publicArea) {}
