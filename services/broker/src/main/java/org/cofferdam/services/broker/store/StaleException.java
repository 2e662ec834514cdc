// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.store;

import java.io.IOException;

/** Something was decided on what is not in force any more; it has to be decided again. */
public final class StaleException extends IOException {
  private static final long serialVersionUID = 1L;

  StaleException() {
    super("what was decided on has changed");
  }
}
