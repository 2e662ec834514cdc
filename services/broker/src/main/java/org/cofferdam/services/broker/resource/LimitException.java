// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.resource;

import java.io.IOException;
import org.cofferdam.core.attestation.Check;

/** The resource may not be handed out any more. */
public final class LimitException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Check check;

  LimitException(Check check) {
    super("the resource may not be handed out any more");
    this.check = check;
  }

  /** The rule that does not hold. */
  public Check check() {
    return check;
  }
}
