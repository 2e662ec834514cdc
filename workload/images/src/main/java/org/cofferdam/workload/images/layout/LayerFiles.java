// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images.layout;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.workload.images.Accounts;
import org.cofferdam.workload.images.Descriptor;
import org.cofferdam.workload.images.tar.TarEntry;
import org.cofferdam.workload.images.tar.TarReader;

/** Reads single files out of the layers of an image, with whiteouts (OCI image-spec, layer.md). */
final class LayerFiles {
  private static final long MAX_LAYER = 16L << 30;
  private static final int MAX_ENTRIES = 2_000_000;
  private static final int MAX_FILE = 1 << 20;
  private static final String WHITEOUT = ".wh.";
  private static final Set<String> WANTED = Set.of("etc/passwd", "etc/group");

  private final OciLayout layout;
  private final List<Descriptor> layers;

  LayerFiles(OciLayout layout, List<Descriptor> layers) {
    this.layout = layout;
    this.layers = layers;
  }

  Accounts accounts() throws IOException {
    Map<String, String> found = new HashMap<>();
    for (Descriptor layer : layers) {
      try (InputStream blob = layout.open(layer);
          InputStream in = plain(layer, new BufferedInputStream(blob, 1 << 16))) {
        TarReader tar = new TarReader(in, MAX_LAYER, MAX_ENTRIES);
        for (Optional<TarEntry> e = tar.next(); e.isPresent(); e = tar.next()) {
          apply(e.get(), tar, found);
        }
        in.transferTo(OutputStream.nullOutputStream());
        blob.transferTo(OutputStream.nullOutputStream());
      } catch (ZipException e) {
        throw new MalformedEvidenceException("image layer", "gzip", -1, "is damaged");
      }
    }
    return Accounts.parse(
        found.getOrDefault("etc/passwd", ""), found.getOrDefault("etc/group", ""));
  }

  private static void apply(TarEntry entry, TarReader tar, Map<String, String> found)
      throws IOException {
    String path = entry.path();
    if (entry.name().startsWith(WHITEOUT)) {
      String parent = path.substring(0, path.length() - entry.name().length());
      String hidden =
          entry.name().equals(".wh..wh..opq")
              ? parent
              : parent + entry.name().substring(WHITEOUT.length());
      found
          .keySet()
          .removeIf(
              k -> k.equals(hidden) || k.startsWith(hidden.endsWith("/") ? hidden : hidden + "/"));
    } else if (WANTED.contains(path) && entry.type() == TarEntry.Type.FILE) {
      found.put(path, new String(tar.content(MAX_FILE), StandardCharsets.UTF_8));
    } else if (WANTED.contains(path)) {
      found.remove(path);
    }
  }

  private static InputStream plain(Descriptor layer, InputStream in) throws IOException {
    return switch (layer.mediaType()) {
      case Descriptor.LAYER, Descriptor.DOCKER_LAYER -> in;
      case Descriptor.LAYER_GZIP, Descriptor.DOCKER_LAYER_GZIP -> new GZIPInputStream(in, 1 << 16);
      default ->
          throw new MalformedEvidenceException(
              "image layer", "mediaType", -1, "is not supported: " + layer.mediaType());
    };
  }
}
