// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch;

import java.nio.file.Path;

/**
 * The folder in which everything lies that outlives one command.
 *
 * @param root {@code $COFFERDAM_HOME}, or {@code .cofferdam} in the project
 */
public record Home(Path root) {

  /** Built guests, packages and firmware measurements by the digest of their inputs. */
  public Path cache() {
    return root.resolve("cache");
  }

  /** One folder for each run. */
  public Path runs() {
    return root.resolve("runs");
  }

  /** The development authority that signs the endorsement keys of software TPMs. */
  public Path tpmAuthority() {
    return root.resolve("tpm-authority");
  }
}
