// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTest {
  private static final String MEDIA_TYPE = "application/vnd.oci.image.layer.v1.tar";

  @TempDir Path folder;
  private final Map<String, Blob> blobs = new HashMap<>();
  private String config = "";
  private String layer = "";
  private String manifest = "";

  @BeforeEach
  void image() throws IOException {
    config = blob("config");
    layer = blob("layer");
    manifest = manifest(MEDIA_TYPE);
  }

  @Test
  void anImageWhoseBytesAreAsNamed() throws IOException {
    Image image = Image.find(manifest, blobs);
    assertThat(image.asNamed()).isTrue();
    assertThat(image.event().write())
        .isEqualTo(
            "{\"config\":\"sha256:%s\",\"layers\":[\"sha256:%s\"],\"manifest\":\"sha256:%s\"}"
                .formatted(config, layer, manifest));
  }

  @Test
  void anotherLayerUnderTheNameIsMeasuredAsItIs() throws IOException {
    String other = blob("other");
    blobs.put(layer, new Blob(folder.resolve(other), other));
    Image image = Image.find(manifest, blobs);
    assertThat(image.asNamed()).isFalse();
    assertThat(image.event().write()).contains(other).doesNotContain(layer);
  }

  @Test
  void anotherConfigurationUnderTheNameIsMeasuredAsItIs() throws IOException {
    String other = blob("other");
    blobs.put(config, new Blob(folder.resolve(other), other));
    assertThat(Image.find(manifest, blobs).asNamed()).isFalse();
  }

  @Test
  void anotherManifestUnderTheNameIsMeasuredAsItIs() throws IOException {
    String named = "0a".repeat(32);
    blobs.put(named, new Blob(folder.resolve(manifest), manifest));
    Image image = Image.find(named, blobs);
    assertThat(image.asNamed()).isFalse();
    assertThat(image.event().write()).contains(manifest).doesNotContain(named);
  }

  @Test
  void aMissingManifestIsMeasuredAsMissing() throws IOException {
    Image image = Image.find("0a".repeat(32), blobs);
    assertThat(image.asNamed()).isFalse();
    assertThat(image.event().write())
        .isEqualTo("{\"config\":null,\"layers\":[],\"manifest\":null}");
  }

  @Test
  void aManifestThatCannotBeReadIsMeasuredByItself() throws IOException {
    String broken = blob("{\"config\":");
    Image image = Image.find(broken, blobs);
    assertThat(image.asNamed()).isFalse();
    assertThat(image.event().write()).contains(broken);
  }

  @Test
  void compressedLayersAreNotRun() throws IOException {
    assertThat(Image.find(manifest(MEDIA_TYPE + "+gzip"), blobs).asNamed()).isFalse();
  }

  private String manifest(String mediaType) throws IOException {
    return blob(
        """
        {"config":{"digest":"sha256:%s"},"layers":[{"mediaType":"%s","digest":"sha256:%s"}]}"""
            .formatted(config, mediaType, layer));
  }

  private String blob(String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    String digest = Hex.encode(Digests.sha256(content));
    blobs.put(digest, new Blob(Files.write(folder.resolve(digest), content), digest));
    return digest;
  }
}
