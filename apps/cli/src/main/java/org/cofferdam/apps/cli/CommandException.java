// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli;

/**
 * A command that ends early, in words for a person: what happened, and what to do.
 *
 * <p>Thrown anywhere below a command; {@link Main} prints it and ends with its exit code.
 */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final String remedy;

  /**
   * @param exitCode one of {@link ExitCode}
   * @param problem what happened, and where: one sentence
   * @param remedy what to do: one sentence
   */
  public CommandException(int exitCode, String problem, String remedy) {
    super(problem);
    this.exitCode = exitCode;
    this.remedy = remedy;
  }

  /** As above, for a problem that came up as an exception. */
  public CommandException(int exitCode, String problem, String remedy, Throwable cause) {
    super(problem, cause);
    this.exitCode = exitCode;
    this.remedy = remedy;
  }

  public static CommandException usage(String problem, String remedy) {
    return new CommandException(ExitCode.USAGE, problem, remedy);
  }

  public int exitCode() {
    return exitCode;
  }

  public String remedy() {
    return remedy;
  }
}
