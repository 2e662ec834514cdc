// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.initdata.InitDataDocument;
import org.cofferdam.services.guest.Refusal;
import org.cofferdam.services.guest.container.Programs;
import org.cofferdam.services.guest.pod.Container;
import org.cofferdam.services.guest.pod.InitData;
import org.cofferdam.services.guest.pod.Pod;
import org.jspecify.annotations.Nullable;

/** Copies what the unit will run into its memory, each byte read once, and has it measured. */
final class UnitLoading {
  private static final int LARGEST_DOCUMENT = 1 << 20;

  private final SandboxFolder folder;
  private final DevelopmentDevice enclave;

  UnitLoading(SandboxFolder folder, DevelopmentDevice enclave) {
    this.folder = folder;
    this.enclave = enclave;
  }

  /**
   * @param pod null where the request could not be read
   * @param files in the root
   * @param fault what the unit itself found wrong, or null
   */
  record Loaded(@Nullable Pod pod, PrivateRoot root, int files, @Nullable Refusal fault) {
    Pod accepted() throws Refusal {
      if (fault != null) {
        throw fault;
      }
      if (pod == null) {
        throw new IllegalStateException("a request without a fault has a pod");
      }
      return pod;
    }
  }

  /** Loads all, lets it be measured, and looks for what the init-data does not allow. */
  Loaded load(byte[] initDataBytes, InitData initData) throws IOException {
    byte[] request = document("request.json");
    UnitMeasurer measurer = new UnitMeasurer(enclave);
    measurer.document("initdata.toml", initDataBytes);
    PrivateRoot root =
        PrivateRoot.mount(folder.folder().resolve("private"), Programs.SYSTEM, Identities.system());
    Pod pod = null;
    try {
      Json.Obj json = Json.parse(request).asObject("request");
      measurer.document("request.json", json.canonical());
      pod = Pod.parse(json);
      unpack(pod, root);
      Map<String, String> files = measurer.root(root);
      return new Loaded(pod, root, files.size(), fault(initDataBytes, initData, json, files));
    } catch (MalformedEvidenceException e) {
      measurer.unreadable(String.valueOf(e.getMessage()));
      return new Loaded(
          pod, root, 0, new Refusal("unreadable", "It cannot be loaded: " + e.getMessage() + "."));
    }
  }

  private void unpack(Pod pod, PrivateRoot root) throws IOException {
    String image = pod.containers().getFirst().image();
    for (Container container : pod.all()) {
      if (!container.image().equals(image)) {
        throw new MalformedEvidenceException("request", "image", -1, "is not one for all");
      }
    }
    SandboxImage.unpack(folder, image, root);
  }

  private static @Nullable Refusal fault(
      byte[] initDataBytes, InitData initData, Json.Obj request, Map<String, String> files) {
    Optional<String> difference = Difference.of(initData.pod(), request);
    if (difference.isPresent()) {
      return new Refusal(
          "request-differs",
          "The request is not what the init-data allows, at " + difference.get() + ".");
    }
    Json allowed =
        Json.parse(
            InitDataDocument.parse(initDataBytes)
                .entry("files.json")
                .getBytes(StandardCharsets.UTF_8));
    return Difference.ofFiles(allowed, files)
        .map(
            d ->
                new Refusal(
                    "file-differs", "A file is not the one that was converted, at " + d + "."))
        .orElse(null);
  }

  /** Read once; what is measured and what is used are the same bytes. */
  byte[] document(String name) throws IOException {
    try (InputStream in = Files.newInputStream(folder.pod().resolve(name))) {
      byte[] bytes = in.readNBytes(LARGEST_DOCUMENT + 1);
      if (bytes.length > LARGEST_DOCUMENT) {
        throw new MalformedEvidenceException("launch folder", name, -1, "is larger than 1 MiB");
      }
      return bytes;
    }
  }
}
