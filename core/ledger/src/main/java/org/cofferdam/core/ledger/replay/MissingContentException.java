// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.replay;

import java.io.IOException;

/** What a replay needs is not kept (any more). */
public final class MissingContentException extends IOException {
  private static final long serialVersionUID = 1L;

  MissingContentException(String problem) {
    super(problem);
  }
}
