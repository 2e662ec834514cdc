// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.images.Descriptor;
import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.images.ImageConfig;
import org.cofferdam.workload.images.layout.OciLayout;
import org.cofferdam.workload.model.Source;

/**
 * An OCI image layout as the pods that would run its images: what the images' configurations say.
 */
final class ImageWorkloads {
  private ImageWorkloads() {}

  static boolean recognises(Path folder) {
    return Files.isRegularFile(folder.resolve("oci-layout"));
  }

  /**
   * One source an image.
   *
   * @throws IOException where a file cannot be read
   */
  static List<Source> read(Path folder) throws IOException {
    OciLayout layout = OciLayout.open(folder, OciLayout.Platform.LINUX_AMD64);
    List<Source> sources = new ArrayList<>();
    for (Descriptor entry : layout.entries()) {
      sources.add(new Source(folder.toString(), pod(folder, layout.image(entry)).write()));
    }
    return sources;
  }

  private static Json pod(Path folder, Image image) {
    ImageConfig config = image.configuration();
    List<String> argv = new ArrayList<>(config.entrypoint());
    argv.addAll(config.command());
    Json.Builder container =
        Json.object()
            .put("name", "image")
            .put("image", "image@" + image.manifest())
            .put("command", Json.strings(argv))
            .put("env", Json.array(config.env().stream().map(ImageWorkloads::variable).toList()));
    String user = config.user().split(":", 2)[0];
    if (user.matches("[0-9]{1,9}")) {
      container.put(
          "securityContext", Json.object().put("runAsUser", Long.parseLong(user)).build());
    }
    Json spec =
        Json.object()
            .put("enableServiceLinks", false)
            .put("automountServiceAccountToken", false)
            .put(
                "nodeSelector",
                Json.object()
                    .put("kubernetes.io/os", config.os())
                    .put("kubernetes.io/arch", config.architecture())
                    .build())
            .put("containers", Json.array(List.of(container.build())))
            .build();
    return Json.object()
        .put("apiVersion", "v1")
        .put("kind", "Pod")
        .put("metadata", Json.object().put("name", name(folder)).build())
        .put("spec", spec)
        .build();
  }

  private static Json variable(String text) {
    String[] parts = text.split("=", 2);
    return Json.object()
        .put("name", parts[0])
        .put("value", parts.length > 1 ? parts[1] : "")
        .build();
  }

  private static String name(Path folder) {
    String name =
        String.valueOf(folder.toAbsolutePath().normalize().getFileName())
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9-]", "-");
    return name.isEmpty() ? "image" : name;
  }
}
