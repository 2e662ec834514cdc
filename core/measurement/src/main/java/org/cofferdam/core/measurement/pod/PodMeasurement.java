// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.pod;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.measurement.boot.GuestInputs;
import org.cofferdam.core.measurement.boot.MeasuredBoot;
import org.cofferdam.core.measurement.boot.PcrValues;
import org.cofferdam.core.measurement.boot.PredictedEvent;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.core.reference.ReferenceValue;

/** Reference values of a pod in a measured virtual machine, from its inputs alone. */
public final class PodMeasurement {
  private PodMeasurement() {}

  /**
   * The values that say most come first: the pod's own claims, then the registers.
   *
   * @param boot files and settings of the guest
   * @param initdata the exact bytes of {@code initdata.toml}
   * @param pod the document {@code pod.json} in it
   * @param images of every image the pod names, by manifest digest
   * @throws org.cofferdam.core.bytes.MalformedEvidenceException where an input is not of its form
   * @throws org.cofferdam.core.measurement.firmware.UnpredictableException where it is, but is not
   *     modelled
   */
  public static ReferenceSet predict(
      GuestInputs boot, byte[] initdata, Json.Obj pod, Map<String, ImageDigests> images) {
    List<ReferenceValue> values = new ArrayList<>(claims(initdata, pod, images));
    values.addAll(registers(events(boot, initdata, pod, images)));
    return new ReferenceSet(pod.string("namespace") + "/" + pod.string("name"), values);
  }

  /** Every extend from reset to the moment the agent attests, in order. */
  public static List<PredictedEvent> events(
      GuestInputs boot, byte[] initdata, Json.Obj pod, Map<String, ImageDigests> images) {
    List<PredictedEvent> events = new ArrayList<>(MeasuredBoot.events(boot));
    events.addAll(AgentEvents.of(initdata, pod, images));
    return List.copyOf(events);
  }

  private static List<ReferenceValue> claims(
      byte[] initdata, Json.Obj pod, Map<String, ImageDigests> images) {
    List<ReferenceValue> values = new ArrayList<>();
    List<Json.Obj> containers = AgentEvents.containers(pod);
    Json.Builder manifests = Json.object();
    for (String manifest : AgentEvents.imagesInOrder(containers)) {
      ImageDigests image = images.get(manifest);
      if (image != null) {
        manifests.put(
            manifest,
            Json.object()
                .put("config", image.config())
                .put("layers", Json.strings(image.layers()))
                .build());
      }
    }
    values.add(value("pod.images", "/pod/images", manifests.build(), "images of the pod"));
    values.add(
        value(
            "pod.order",
            "/pod/order",
            Json.strings(containers.stream().map(c -> c.string("name")).toList()),
            "containers of the pod and their order"));
    for (Json.Obj container : containers) {
      String name = container.string("name");
      container
          .members()
          .forEach(
              (member, json) -> {
                if (!member.equals("name")) {
                  values.add(
                      value(
                          "pod." + name + "." + member,
                          "/pod/containers/" + name + "/" + member,
                          json,
                          "container " + name + ", " + member));
                }
              });
    }
    values.add(
        value(
            "pod.init-data",
            "/pod/init-data",
            Json.of(Hex.encode(Digests.sha256(initdata))),
            "init-data file"));
    return values;
  }

  private static List<ReferenceValue> registers(List<PredictedEvent> events) {
    PcrValues pcrs = PcrValues.of(events);
    List<ReferenceValue> values = new ArrayList<>();
    for (int pcr = 0; pcr < PcrValues.COUNT; pcr++) {
      values.add(
          value(
              "tpm.pcr" + pcr,
              "/tpm/pcrs/sha256/" + pcr,
              Json.of(pcrs.hex(pcr)),
              inputs(events, pcr)));
    }
    return values;
  }

  private static String inputs(List<PredictedEvent> events, int pcr) {
    Set<String> inputs = new LinkedHashSet<>();
    events.stream().filter(e -> e.pcr() == pcr).forEach(e -> inputs.add(e.input()));
    return inputs.isEmpty() ? "nothing extends it" : String.join("; ", inputs);
  }

  private static ReferenceValue value(String id, String claim, Json json, String detail) {
    return ReferenceValue.predicted(id, claim, json, detail);
  }
}
