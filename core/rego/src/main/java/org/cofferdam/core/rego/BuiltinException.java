// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego;

/** A built-in could not give a result. */
public final class BuiltinException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean type;

  private BuiltinException(boolean type, String message) {
    super(message, null, false, false);
    this.type = type;
  }

  /** An argument has the wrong type. */
  public static BuiltinException type(String message) {
    return new BuiltinException(true, message);
  }

  /** Anything else. */
  public static BuiltinException failed(String message) {
    return new BuiltinException(false, message);
  }

  /** True where an argument has the wrong type. */
  public boolean isTypeError() {
    return type;
  }
}
