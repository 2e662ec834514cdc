// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.pod;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * An image as its bytes in the guest's memory say: digests are those computed, never those claimed.
 *
 * @param named the manifest digest by which it was asked for, hex
 * @param manifest the manifest, or null where the disk has none under that name
 * @param config the configuration, or null where it is missing
 * @param layers bottom first; null where one is missing
 * @param asNamed whether all is there and every digest is the one it was asked for by
 */
public record Image(
    String named,
    @Nullable Blob manifest,
    @Nullable Blob config,
    List<@Nullable Blob> layers,
    boolean asNamed) {
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
  private static final int LARGEST_MANIFEST = 1 << 20;

  /** Follows the manifest of that name as far as the blobs allow. */
  public static Image find(String named, Map<String, Blob> blobs) throws IOException {
    Blob manifest = blobs.get(named);
    if (manifest == null || Files.size(manifest.file()) > LARGEST_MANIFEST) {
      return new Image(named, manifest, null, List.of(), false);
    }
    List<String> names = new ArrayList<>();
    boolean plainLayers = true;
    try {
      Json.Obj json = Json.parse(Files.readAllBytes(manifest.file())).asObject("manifest");
      names.add(digest(json.object("config")));
      for (Json item : json.array("layers")) {
        Json.Obj layer = item.asObject("layers");
        plainLayers &= layer.string("mediaType").equals(LAYER);
        names.add(digest(layer));
      }
    } catch (MalformedEvidenceException e) {
      return new Image(named, manifest, null, List.of(), false);
    }
    boolean asNamed = plainLayers && manifest.digest().equals(named);
    List<@Nullable Blob> found = new ArrayList<>();
    for (String name : names) {
      Blob blob = blobs.get(name);
      asNamed &= blob != null && blob.digest().equals(name);
      found.add(blob);
    }
    return new Image(named, manifest, found.get(0), found.subList(1, found.size()), asNamed);
  }

  /** What is measured: {@code {"config","layers","manifest"}}; null where a blob is missing. */
  public Json event() {
    List<Json> layerDigests = new ArrayList<>();
    for (Blob layer : layers) {
      layerDigests.add(digest(layer));
    }
    return Json.object()
        .put("config", digest(config))
        .put("layers", Json.array(layerDigests))
        .put("manifest", digest(manifest))
        .build();
  }

  private static Json digest(@Nullable Blob blob) {
    return Json.nullable(blob == null ? null : "sha256:" + blob.digest());
  }

  private static String digest(Json.Obj descriptor) {
    String digest = descriptor.string("digest");
    if (!digest.startsWith("sha256:")) {
      throw new MalformedEvidenceException("OCI manifest", "digest", -1, "is not SHA-256");
    }
    return digest.substring("sha256:".length());
  }
}
