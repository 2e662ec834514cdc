// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * Finds the layers of an image in the launch folder. Digests are names here and nothing more: what
 * the bytes are is for the measurement to say.
 */
final class SandboxImage {
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
  private static final int LARGEST_MANIFEST = 1 << 20;

  private SandboxImage() {}

  /**
   * Unpacks every layer, bottom first.
   *
   * @param manifest hex digest that names the manifest
   * @throws MalformedEvidenceException where the image is not there or not of its form
   */
  static void unpack(SandboxFolder folder, String manifest, PrivateRoot root) throws IOException {
    for (String layer : layers(folder, manifest)) {
      if (!Files.isRegularFile(folder.blob(layer))) {
        throw malformed("layers", "sha256:" + layer + " is not there");
      }
      root.unpack(folder.blob(layer));
    }
  }

  private static List<String> layers(SandboxFolder folder, String manifest) throws IOException {
    if (!Files.isRegularFile(folder.blob(manifest))) {
      throw malformed("manifest", "sha256:" + manifest + " is not there");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(folder.blob(manifest))) {
      bytes = in.readNBytes(LARGEST_MANIFEST);
    }
    List<String> layers = new ArrayList<>();
    for (Json item : Json.parse(bytes).asObject("manifest").array("layers")) {
      Json.Obj layer = item.asObject("layers");
      String digest = layer.string("digest");
      if (!layer.string("mediaType").equals(LAYER) || !digest.matches("sha256:[0-9a-f]{64}")) {
        throw malformed("layers", "are not plain layers named by SHA-256");
      }
      layers.add(digest.substring("sha256:".length()));
    }
    return layers;
  }

  private static MalformedEvidenceException malformed(String field, String problem) {
    return new MalformedEvidenceException("OCI image", field, -1, problem);
  }
}
