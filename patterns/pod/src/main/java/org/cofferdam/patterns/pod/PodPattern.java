// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.measurement.boot.GuestInputs;
import org.cofferdam.core.measurement.pod.ImageDigests;
import org.cofferdam.core.measurement.pod.PodMeasurement;
import org.cofferdam.patterns.pod.convert.PodConverter;
import org.cofferdam.patterns.pod.kata.KataConverter;
import org.cofferdam.patterns.pod.kata.KataOptions;
import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Conversion;
import org.cofferdam.workload.pattern.ConversionSettings;
import org.cofferdam.workload.pattern.Fit;
import org.cofferdam.workload.pattern.LaunchPlan;
import org.cofferdam.workload.pattern.Pattern;
import org.cofferdam.workload.pattern.Prediction;

/** A pod in a confidential virtual machine: the node and the control plane stay outside. */
public final class PodPattern implements Pattern<GuestInputs> {
  /** For firmware, kernel, agent and its runtime; what containers may use comes on top. */
  private static final int GUEST_MEMORY_MIB = 448;

  private static final int LEAST_MEMORY_MIB = 1024;

  private static final int MEMORY_STEP_MIB = 64;
  private static final int UNLIMITED_CONTAINER_MIB = 128;

  @Override
  public String name() {
    return "pod";
  }

  @Override
  public Fit assess(Workload workload, Bundle bundle) {
    return Fit.of(new PodAssessment(workload, bundle).findings());
  }

  @Override
  public Conversion convert(Workload workload, Bundle bundle, ConversionSettings settings) {
    return new PodConverter(
            workload, bundle, settings, new PodAssessment(workload, bundle).beforeConversion())
        .convert();
  }

  /** What it must become for an engine that runs Kata. */
  public Conversion convert(Workload workload, Bundle bundle, KataOptions options) {
    return new KataConverter(
            workload, bundle, options, new PodAssessment(workload, bundle).beforeConversion())
        .convert();
  }

  @Override
  public Prediction predict(Conversion conversion, GuestInputs engine) {
    Map<String, ImageDigests> images = new HashMap<>();
    for (Image image : conversion.images()) {
      images.put(
          image.manifest().toString(),
          new ImageDigests(
              image.manifest().toString(),
              image.config().digest().toString(),
              image.layers().stream().map(l -> l.digest().toString()).toList()));
    }
    return new Prediction(
        PodMeasurement.predict(
            engine, conversion.initdataBytes().orElseThrow(), conversion.pod(), images));
  }

  @Override
  public LaunchPlan plan(Conversion conversion) {
    long containers = 0;
    long layers = 0;
    List<Integer> ports = new ArrayList<>();
    for (Json item : conversion.pod().array("containers")) {
      Json.Obj container = item.asObject("containers");
      Json memory = container.object("resources").require("memoryBytes");
      containers +=
          memory == Json.Null.NULL
              ? (long) UNLIMITED_CONTAINER_MIB << 20
              : memory.asLong("memoryBytes");
      container.array("ports").forEach(p -> ports.add((int) p.asLong("ports")));
    }
    for (Image image : conversion.images()) {
      layers += image.layers().stream().mapToLong(l -> l.size()).sum();
    }
    // Images lie in memory twice for a moment: as they came and unpacked.
    long mib = GUEST_MEMORY_MIB + ((containers + 2 * layers) >> 20);
    Set<Integer> distinct = new LinkedHashSet<>(ports);
    return new LaunchPlan(
        name(),
        conversion.workload(),
        (int) Math.max(LEAST_MEMORY_MIB, Math.ceilDiv(mib, MEMORY_STEP_MIB) * MEMORY_STEP_MIB),
        1,
        List.copyOf(distinct),
        conversion.images().stream().map(Image::manifest).toList(),
        "pod");
  }
}
