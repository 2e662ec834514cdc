// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images;

import java.util.Optional;

/** Where images are looked up. */
@FunctionalInterface
public interface ImageSource {
  /** Knows no image. */
  ImageSource NONE = reference -> Optional.empty();

  /** The image that this reference names, empty where this source does not have it. */
  Optional<Image> find(ImageReference reference);
}
