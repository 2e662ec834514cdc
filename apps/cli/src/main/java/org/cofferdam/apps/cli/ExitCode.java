// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli;

/** What a command's exit code says, the same for all commands. */
public final class ExitCode {
  /** Done, or accepted. */
  public static final int OK = 0;

  /** Refused, or findings at or above the threshold. */
  public static final int REFUSED = 1;

  /** Wrong usage. */
  public static final int USAGE = 2;

  /** Could not be decided, because something is missing. */
  public static final int UNDECIDED = 3;

  /** A fault of ours. */
  public static final int FAULT = 4;

  private ExitCode() {}
}
