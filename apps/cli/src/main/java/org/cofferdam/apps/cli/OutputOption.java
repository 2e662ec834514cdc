// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli;

import org.cofferdam.core.bytes.json.Json;
import picocli.CommandLine.Option;

/** {@code --output}, mixed into every command that has a JSON form. */
public final class OutputOption {

  /** The two forms that every command has. */
  public enum Format {
    text,
    json
  }

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "text (for people) or json (one document on standard output). Default: ${DEFAULT-VALUE}")
  private Format format = Format.text;

  public boolean json() {
    return format == Format.json;
  }

  /** Prints the one document of a run with {@code --output json}. */
  public void print(Json document) {
    System.out.println(document.write());
  }
}
