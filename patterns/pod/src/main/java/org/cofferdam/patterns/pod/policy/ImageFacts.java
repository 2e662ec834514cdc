// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.policy;

import java.util.List;
import java.util.Optional;
import org.cofferdam.workload.images.Accounts;
import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.images.OciDigest;

/**
 * What an image says of how it wants to be run.
 *
 * @param entrypoint empty where there is none
 * @param command default arguments
 * @param env {@code NAME=VALUE} each
 * @param workingDirectory {@code /} where not stated
 * @param user as the configuration has it; empty for root
 * @param volumes paths that it declares
 * @param accounts its users and groups
 * @param digest of the manifest, where known
 */
public record ImageFacts(
    List<String> entrypoint,
    List<String> command,
    List<String> env,
    String workingDirectory,
    String user,
    List<String> volumes,
    Accounts accounts,
    Optional<OciDigest> digest) {
  public ImageFacts {
    entrypoint = List.copyOf(entrypoint);
    command = List.copyOf(command);
    env = List.copyOf(env);
    volumes = List.copyOf(volumes);
  }

  /** Where facts are looked up, by the reference as a manifest has it. */
  @FunctionalInterface
  public interface Catalog {
    Optional<ImageFacts> find(String reference);

    /** This, and the other where this knows nothing. */
    default Catalog or(Catalog other) {
      return reference -> find(reference).or(() -> other.find(reference));
    }
  }

  static ImageFacts of(Image image) {
    return new ImageFacts(
        image.configuration().entrypoint(),
        image.configuration().command(),
        image.configuration().env(),
        image.configuration().workingDirectory(),
        image.configuration().user(),
        image.configuration().volumes(),
        image.accounts(),
        Optional.of(image.manifest()));
  }
}
