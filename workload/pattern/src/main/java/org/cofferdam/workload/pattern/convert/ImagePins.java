// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.images.ImageReference;
import org.cofferdam.workload.model.ContainerSpec;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.pattern.Change;

/** The image that was looked at is the image that runs: every reference gets its digest. */
public final class ImagePins {
  private ImagePins() {}

  /** One change for each reference that has no digest yet. */
  public static List<Change> of(PodDocument pod) {
    List<Change> changes = new ArrayList<>();
    for (Map.Entry<ContainerSpec, Image> use : pod.imageOf().entrySet()) {
      Node node = use.getKey().node().get("image").orElseThrow();
      ImageReference reference = ImageReference.parse(use.getKey().image());
      if (reference.digest().isEmpty()) {
        changes.add(
            new Change(
                node.place(),
                node.span(),
                use.getKey().image(),
                reference.pinned(use.getValue().manifest()).toString(),
                "A tag can be moved to another image; the digest cannot."));
      }
    }
    return changes;
  }
}
