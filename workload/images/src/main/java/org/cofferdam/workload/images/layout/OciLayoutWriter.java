// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images.layout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.images.Descriptor;
import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.images.ImageReference;
import org.cofferdam.workload.images.OciDigest;

/** Writes an OCI image layout; equal images give equal bytes. */
public final class OciLayoutWriter {
  private final Path folder;
  private final Path blobs;
  private final List<Descriptor> entries = new ArrayList<>();

  /**
   * @param folder is made where it is missing
   */
  public OciLayoutWriter(Path folder) throws IOException {
    this.folder = folder;
    this.blobs = folder.resolve("blobs").resolve("sha256");
    Files.createDirectories(blobs);
  }

  /** Adds a blob that is made here. */
  public Descriptor add(String mediaType, byte[] blob) throws IOException {
    OciDigest digest = OciDigest.of(blob);
    write(blobs.resolve(digest.hex()), blob);
    return new Descriptor(mediaType, digest, blob.length, Map.of());
  }

  /** Names a manifest that was added. */
  public void name(Descriptor manifest, ImageReference reference) {
    entries.add(
        new Descriptor(
            manifest.mediaType(),
            manifest.digest(),
            manifest.size(),
            Map.of(Descriptor.REF_NAME, reference.toString())));
  }

  /** Takes over an image with all its blobs, byte for byte, each checked on the way. */
  public void copy(OciLayout from, Image image) throws IOException {
    Path manifest = from.path(image.manifest());
    Descriptor entry =
        new Descriptor(Descriptor.MANIFEST, image.manifest(), Files.size(manifest), Map.of());
    copy(from, entry);
    copy(from, image.config());
    for (Descriptor layer : image.layers()) {
      copy(from, layer);
    }
    entries.add(entry);
  }

  /** Writes the index; the layout is complete then. */
  public void finish() throws IOException {
    Json index =
        Json.object()
            .put("schemaVersion", 2)
            .put("mediaType", Descriptor.INDEX)
            .put("manifests", Json.array(entries.stream().map(Descriptor::toJson).toList()))
            .build();
    write(folder.resolve("index.json"), index.write().getBytes(StandardCharsets.UTF_8));
    Json marker = Json.object().put("imageLayoutVersion", "1.0.0").build();
    write(folder.resolve("oci-layout"), marker.write().getBytes(StandardCharsets.UTF_8));
  }

  private void copy(OciLayout from, Descriptor blob) throws IOException {
    Path target = blobs.resolve(blob.digest().hex());
    Path part = target.resolveSibling(blob.digest().hex() + ".part");
    try (InputStream in = from.open(blob)) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void write(Path file, byte[] content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, content);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
