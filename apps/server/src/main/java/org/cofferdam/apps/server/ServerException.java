// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server;

/** Why the server does not start: what happened and what to do, one sentence each. */
final class ServerException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final String remedy;

  /**
   * @param exitCode 2 for wrong usage or configuration, 3 where something is missing
   */
  ServerException(int exitCode, String problem, String remedy) {
    super(problem);
    this.exitCode = exitCode;
    this.remedy = remedy;
  }

  int exitCode() {
    return exitCode;
  }

  String remedy() {
    return remedy;
  }
}
