// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import java.nio.file.Path;

/**
 * {@code RUN/unit}: what one sandboxed run leaves on disk, and the files of the run beside it.
 * Every process of the run has it as its working folder, so that the paths of sockets stay short;
 * paths of sockets are relative.
 *
 * @param run the launch folder
 */
public record SandboxFolder(Path run) {
  /** Name of the folder within the run. */
  public static final String NAME = "unit";

  public Path folder() {
    return run.resolve(NAME);
  }

  Path pod() {
    return run.resolve("pod");
  }

  Path blob(String digest) {
    return pod().resolve("images/blobs/sha256").resolve(digest);
  }

  Path helper(String name) {
    return run.resolve("converted/helpers").resolve(name + ".json");
  }

  /** Certificate of the development root, PEM. */
  Path root() {
    return run.resolve("channel/root.pem");
  }

  /** Collateral under that root. */
  Path collateral() {
    return run.resolve("channel/collateral.json");
  }

  Path references() {
    return run.resolve("references.json");
  }

  public Path status() {
    return folder().resolve("status.jsonl");
  }

  public Path log() {
    return folder().resolve("containers.log");
  }

  /** An encrypted volume. */
  Path volume(String name) {
    return folder().resolve("volumes").resolve(name + ".sealed");
  }

  /** Where the broker is reached from inside. */
  static Path brokerSocket() {
    return Path.of("broker.sock");
  }

  /** Where the unit's service is reached from outside. */
  static Path serviceSocket() {
    return Path.of("service.sock");
  }

  /** The unit's end of the attested channel to one of its ports. */
  static Path channelSocket(int port) {
    return Path.of("channel-" + port + ".sock");
  }
}
