// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.tpm;

import java.io.IOException;

/** The TPM answered a command with a response code other than success (TPM 2.0 Part 2, 6.6). */
public final class TpmException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int code;

  TpmException(String command, int code) {
    super(command + ": TPM response code 0x" + Integer.toHexString(code));
    this.code = code;
  }

  /** TPM_RC, 32 bits. */
  public int code() {
    return code;
  }

  /** The first handle of the command names nothing: TPM_RC_HANDLE for handle 1. */
  boolean noSuchHandle() {
    return code == 0x18b;
  }
}
