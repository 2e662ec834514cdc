// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the command line; {@code -} is standard input. */
final class Inputs {
  private Inputs() {}

  static byte[] read(String file) throws IOException {
    return file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
  }
}
