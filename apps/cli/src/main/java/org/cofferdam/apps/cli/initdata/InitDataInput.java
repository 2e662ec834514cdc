// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.initdata;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.protocol.initdata.InitDataDocument;
import org.cofferdam.core.protocol.initdata.InitDataEnvelope;

/** Init-data as it was given: a file of any of its forms, {@code -}, or the annotation itself. */
final class InitDataInput {
  private static final int MAX_BYTES = 16 << 20;

  private InitDataInput() {}

  static InitDataDocument read(String input) {
    try {
      return InitDataDocument.parse(InitDataEnvelope.open(bytes(input)));
    } catch (MalformedEvidenceException e) {
      throw new CommandException(
          ExitCode.REFUSED,
          String.valueOf(e.getMessage()),
          "Give init-data of version 0.1.0, its annotation, or the disk that carries it.",
          e);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.UNDECIDED, input + " cannot be read.", "Check the name and the permissions.", e);
    }
  }

  private static byte[] bytes(String input) throws IOException {
    if (input.equals("-")) {
      return limited(System.in);
    }
    if (input.startsWith("H4sI")) {
      return input.getBytes(StandardCharsets.UTF_8);
    }
    try (InputStream in = Files.newInputStream(Path.of(input))) {
      return limited(in);
    } catch (InvalidPathException e) {
      throw new IOException("no path", e);
    }
  }

  private static byte[] limited(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new MalformedEvidenceException("init-data", "file", MAX_BYTES, "is larger than 16 MiB");
    }
    return bytes;
  }
}
