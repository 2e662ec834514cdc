// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.sgx;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.patterns.process.gramine.GramineManifest;
import org.cofferdam.patterns.process.gramine.ManifestException;

/** A manifest from a file. */
final class ManifestFile {
  private ManifestFile() {}

  static GramineManifest parse(Path file, byte[] bytes) {
    try {
      return GramineManifest.parse(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new CommandException(
          ExitCode.REFUSED, file + " is no UTF-8 text", "A manifest is TOML in UTF-8.", e);
    } catch (ManifestException e) {
      throw new CommandException(
          ExitCode.REFUSED, file + ": " + e.getMessage(), "Correct the manifest.", e);
    }
  }
}
