// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.measurement.sandbox.SandboxMeasurement;
import org.cofferdam.core.measurement.sandbox.SandboxReferences;
import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.images.layout.RootEntry;
import org.cofferdam.workload.images.layout.RootFiles;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Conversion;
import org.cofferdam.workload.pattern.ConversionSettings;
import org.cofferdam.workload.pattern.Fit;
import org.cofferdam.workload.pattern.LaunchPlan;
import org.cofferdam.workload.pattern.Pattern;
import org.cofferdam.workload.pattern.Prediction;

/**
 * One container's process as the attested unit, for the development sandbox: what is predicted is
 * the measurement of its device, which is no SGX.
 */
public final class ProcessPattern implements Pattern<RootFiles> {
  private static final int UNLIMITED_MIB = 128;

  private final RootLookup roots;

  /**
   * @param roots of every image that the conversions name
   */
  public ProcessPattern(RootLookup roots) {
    this.roots = roots;
  }

  @Override
  public String name() {
    return "process";
  }

  @Override
  public Fit assess(Workload workload, Bundle bundle) {
    return new ProcessAssessor().assess(workload, bundle);
  }

  @Override
  public Conversion convert(Workload workload, Bundle bundle, ConversionSettings settings) {
    return new ProcessConverter(
            workload, bundle, settings, roots, assess(workload, bundle).findings())
        .convert();
  }

  /** The image of the unit's main container. */
  public static Image unitImage(Conversion conversion) {
    String digest = main(conversion).string("image");
    return conversion.images().stream()
        .filter(i -> i.manifest().toString().equals(digest))
        .findFirst()
        .orElseThrow();
  }

  /** The broker's names of the keys for the unit's encrypted volumes. */
  public static List<String> volumeKeys(Conversion conversion) {
    Set<String> keys = new LinkedHashSet<>();
    List<Json> containers = new ArrayList<>(conversion.pod().array("initContainers"));
    containers.addAll(conversion.pod().array("containers"));
    for (Json container : containers) {
      for (Json mount : container.asObject("container").array("mounts")) {
        keys.add(
            ProcessConverter.volumeKey(conversion.pod(), mount.asObject("mount").string("volume")));
      }
    }
    return List.copyOf(keys);
  }

  /**
   * @param engine files of the unit's image
   */
  @Override
  public Prediction predict(Conversion conversion, RootFiles engine) {
    SandboxMeasurement measurement = new SandboxMeasurement();
    measurement.document("initdata.toml", conversion.initdataBytes().orElseThrow());
    measurement.document("request.json", conversion.pod().canonical());
    for (RootEntry entry : engine.entries()) {
      measurement.add(name(entry));
      RootEntry.Content content = entry.content();
      if (content != null) {
        try (InputStream in = engine.open(content)) {
          measurement.content(in);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return new Prediction(
        SandboxReferences.of(
            conversion.workload(),
            measurement.mrEnclave(),
            "init-data, request and " + engine.entries().size() + " files of the image"));
  }

  @Override
  public LaunchPlan plan(Conversion conversion) {
    Json.Obj main = main(conversion);
    Json memory = main.object("resources").require("memoryBytes");
    return new LaunchPlan(
        name(),
        conversion.workload(),
        memory == Json.Null.NULL ? UNLIMITED_MIB : (int) (memory.asLong("memoryBytes") >> 20),
        1,
        main.array("ports").stream().map(p -> (int) p.asLong("ports")).toList(),
        conversion.images().stream().map(Image::manifest).toList(),
        "pod");
  }

  private static Json.Obj main(Conversion conversion) {
    return conversion.pod().array("containers").getFirst().asObject("container");
  }

  /** Kind, mode, owner, path and link target, with NUL between them, as the loader names it. */
  private static String name(RootEntry entry) {
    return String.join(
        "\0",
        switch (entry.kind()) {
          case FILE -> "file";
          case FOLDER -> "folder";
          case LINK -> "link";
        },
        Integer.toOctalString(entry.mode()),
        Long.toString(entry.uid()),
        Long.toString(entry.gid()),
        "/" + entry.path(),
        entry.link());
  }
}
