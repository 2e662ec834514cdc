// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch;

/**
 * A launch could not go on. The message says in one sentence what happened; {@link #remedy()} says
 * what to do.
 */
public final class LaunchException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  public LaunchException(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  public LaunchException(String message, String remedy, Throwable cause) {
    super(message, cause);
    this.remedy = remedy;
  }

  public String remedy() {
    return remedy;
  }
}
