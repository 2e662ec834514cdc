// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.guest.pod.Blob;
import org.cofferdam.services.guest.pod.Container;
import org.cofferdam.services.guest.pod.Image;
import org.cofferdam.services.guest.pod.Pod;

/** Measures what was asked for, before anything of it runs. */
public final class PodMeasurer {
  private final MeasuredLog log;

  public PodMeasurer(MeasuredLog log) {
    this.log = log;
  }

  /**
   * Images in order of first use, then containers, init containers first, then {@code ready}: after
   * it nothing more is measured or started without a new attestation.
   *
   * @return the images by the name they were asked for
   */
  public Map<String, Image> measure(Pod request, Map<String, Blob> blobs) throws IOException {
    Map<String, Image> images = new LinkedHashMap<>();
    List<Json> containers = new ArrayList<>();
    for (Container container : request.all()) {
      if (!images.containsKey(container.image())) {
        Image image = Image.find(container.image(), blobs);
        images.put(container.image(), image);
        log.pod("image", image.event());
      }
      containers.add(container.json());
    }
    for (Json container : containers) {
      log.pod("container", container);
    }
    log.pod("ready", Json.object().build());
    return images;
  }

  /** In place of all that, where the request cannot even be read. */
  public void unreadable(String why) throws IOException {
    log.pod("unreadable", Json.object().put("why", why).build());
  }
}
