// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.firmware;

/** An input is well formed, but this code does not know what a boot with it measures. */
public final class UnpredictableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnpredictableException(String message) {
    super(message);
  }
}
