// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.images.OciDigest;
import org.cofferdam.workload.images.layout.OciLayout;
import org.cofferdam.workload.images.layout.OciLayoutWriter;
import org.cofferdam.workload.pattern.Conversion;

/**
 * One run's files: what the guest will be given, and what was predicted of it.
 *
 * @param folder of the run
 */
record LaunchFolder(Path folder) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

  /** Length of the time at the end of a run's name. */
  static final int STAMP_LENGTH = 19;

  /** A new folder below {@code runs}, named by workload and time. */
  static LaunchFolder create(Path runs, String workload, Instant now) throws IOException {
    Path folder = runs.resolve(workload.replace('/', '.') + "-" + STAMP.format(now));
    Files.createDirectories(folder.resolve("pod"));
    return new LaunchFolder(folder);
  }

  Path pod() {
    return folder.resolve("pod");
  }

  Path guest() {
    return folder.resolve("guest");
  }

  /** The measured init-data, what the control plane asks for, and where the broker is. */
  void writePod(Conversion conversion, URI broker) throws IOException {
    Files.write(pod().resolve("initdata.toml"), conversion.initdataBytes().orElseThrow());
    Files.writeString(pod().resolve("request.json"), conversion.pod().write());
    Files.writeString(
        pod().resolve("broker.json"), Json.object().put("url", broker.toString()).build().write());
    for (Map.Entry<String, byte[]> file : conversion.files().entrySet()) {
      Path target = folder.resolve("converted").resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
    }
  }

  /** The images that the conversion names, and no other. */
  void copyImages(OciLayout from, Iterable<OciDigest> digests) throws IOException {
    OciLayoutWriter writer = new OciLayoutWriter(pod().resolve("images"));
    for (OciDigest digest : digests) {
      Image image = image(from, digest);
      writer.copy(from, image);
    }
    writer.finish();
  }

  void writeReferences(ReferenceSet references) throws IOException {
    Files.writeString(folder.resolve("references.json"), references.toJson().pretty() + "\n");
  }

  static Image image(OciLayout layout, OciDigest digest) throws IOException {
    return layout.image(
        layout.entries().stream()
            .filter(e -> e.digest().equals(digest))
            .findFirst()
            .orElseThrow(() -> new IOException("the layout has no image " + digest)));
  }
}
