// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.pod;

import java.util.List;
import org.cofferdam.core.bytes.json.Json;

/**
 * An image by its content, each as {@code sha256:HEX}.
 *
 * @param manifest of the image manifest
 * @param config of the image configuration
 * @param layers of the uncompressed layers as they lie in the launch folder, in order
 */
public record ImageDigests(String manifest, String config, List<String> layers) {
  public ImageDigests {
    layers = List.copyOf(layers);
  }

  /** Content of the guest's {@code image} event. */
  public Json toJson() {
    return Json.object()
        .put("config", config)
        .put("layers", Json.strings(layers))
        .put("manifest", manifest)
        .build();
  }
}
