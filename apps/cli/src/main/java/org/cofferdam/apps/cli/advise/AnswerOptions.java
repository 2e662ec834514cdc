// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.advise;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.workload.model.Source;

/** The file of answers that commands take. */
public final class AnswerOptions {
  private static final int MAX_BYTES = 1 << 20;

  private AnswerOptions() {}

  /** The answers by question, as written. */
  public static Map<String, List<String>> read(String file) {
    try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw CommandException.usage(file + " is larger than 1 MiB.", "Give the answers only.");
      }
      return AnswerFile.parse(Source.utf8(file, bytes));
    } catch (CharacterCodingException e) {
      throw CommandException.usage(file + " is no UTF-8 text.", "Write the answers as YAML.");
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.UNDECIDED, file + " cannot be read.", "Check the name and the permissions.", e);
    }
  }
}
