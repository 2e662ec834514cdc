// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.kbs;

import java.io.IOException;

/** The broker answered, and the answer is no. */
public final class BrokerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  BrokerException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** Of HTTP. */
  public int status() {
    return status;
  }
}
