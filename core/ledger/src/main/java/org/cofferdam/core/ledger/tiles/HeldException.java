// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.tiles;

import java.io.IOException;

/** Another holder has the folder of the log. */
public final class HeldException extends IOException {
  private static final long serialVersionUID = 1L;

  HeldException(String message) {
    super(message);
  }
}
