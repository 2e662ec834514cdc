// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images;

import java.util.List;

/**
 * An image of which everything that decides how it runs is known.
 *
 * @param manifest digest of its manifest, which is what a pinned reference names
 * @param config descriptor of its configuration
 * @param layers descriptors, bottom first
 * @param configuration the parsed configuration
 * @param accounts users and groups from its files
 */
public record Image(
    OciDigest manifest,
    Descriptor config,
    List<Descriptor> layers,
    ImageConfig configuration,
    Accounts accounts) {
  public Image {
    layers = List.copyOf(layers);
  }
}
