// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is booted directly, as options. */
final class BootFiles {
  @Option(names = "--kernel", paramLabel = "FILE", description = "The kernel that is booted.")
  private @Nullable Path kernel;

  @Option(names = "--initrd", paramLabel = "FILE", description = "Its initial RAM disk.")
  private @Nullable Path initrd;

  @Option(names = "--append", paramLabel = "S", description = "Its command line.")
  private String append = "";

  boolean given() {
    return kernel != null;
  }

  byte[] kernel() {
    return kernel == null ? new byte[0] : read(kernel);
  }

  byte[] initrd() {
    return initrd == null ? new byte[0] : read(initrd);
  }

  String append() {
    return append;
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.UNDECIDED, file + " cannot be read.", "Check the name and the permissions.", e);
    }
  }
}
