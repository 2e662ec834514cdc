// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.resource;

import java.io.IOException;

/** There is no such resource. */
public final class NoSuchResourceException extends IOException {
  private static final long serialVersionUID = 1L;

  NoSuchResourceException() {
    super("there is no such resource");
  }
}
