// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.pod;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.measurement.boot.PredictedEvent;

/**
 * What the guest agent extends: init-data into PCR 8, then images, containers and the closing event
 * into PCR 13.
 */
final class AgentEvents {
  static final int INIT_DATA_PCR = 8;
  static final int POD_PCR = 13;

  private static final String DOMAIN = "cofferdam.org/pod";
  private static final int AAEL_TAG = 0x4141454c;

  private AgentEvents() {}

  static List<PredictedEvent> of(byte[] initdata, Json.Obj pod, Map<String, ImageDigests> images) {
    List<PredictedEvent> events = new ArrayList<>();
    // Confidential Containers' convention: the digest itself, not the hash of an event.
    events.add(new PredictedEvent(INIT_DATA_PCR, Digests.sha256(initdata), "init-data"));
    List<Json.Obj> containers = containers(pod);
    for (String manifest : imagesInOrder(containers)) {
      ImageDigests image = images.get(manifest);
      if (image == null) {
        throw new MalformedEvidenceException(
            "pod", "image", -1, manifest + " has no digests to predict from");
      }
      events.add(entry("image", image.toJson(), "image " + manifest));
    }
    for (Json.Obj container : containers) {
      events.add(entry("container", container, "container " + container.string("name")));
    }
    events.add(entry("ready", Json.object().build(), "closing event"));
    return events;
  }

  /** Init containers first, each in the order of the pod. */
  static List<Json.Obj> containers(Json.Obj pod) {
    List<Json.Obj> containers = new ArrayList<>();
    for (String list : List.of("initContainers", "containers")) {
      for (Json item : pod.array(list)) {
        containers.add(item.asObject(list));
      }
    }
    return containers;
  }

  static Set<String> imagesInOrder(List<Json.Obj> containers) {
    Set<String> images = new LinkedHashSet<>();
    containers.forEach(c -> images.add(c.string("image")));
    return images;
  }

  /** An AAEL entry: the digest is over the whole TCG_PCClientTaggedEvent. */
  private static PredictedEvent entry(String operation, Json content, String input) {
    byte[] text =
        (DOMAIN + " " + operation + " " + new String(content.canonical(), StandardCharsets.UTF_8))
            .getBytes(StandardCharsets.UTF_8);
    byte[] event =
        ByteBuffer.allocate(8 + text.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(AAEL_TAG)
            .putInt(text.length)
            .put(text)
            .array();
    return new PredictedEvent(POD_PCR, Digests.sha256(event), input);
  }
}
