// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cofferdam.services.launch.Home;
import org.cofferdam.services.launch.Trees;
import org.cofferdam.workload.images.build.AptPackages;
import org.cofferdam.workload.images.build.ImageBuilder;
import org.cofferdam.workload.images.build.ImageDefinition;
import org.cofferdam.workload.images.layout.OciLayout;

/** The image that lies beside the manifests as a definition ({@code image.toml}), built anew. */
final class ExampleImage {
  private ExampleImage() {}

  static OciLayout build(Sources sources, Home home) throws IOException {
    Path layout = home.root().resolve("images");
    Trees.delete(layout);
    Files.createDirectories(layout);
    if (sources.imageDefinition().isPresent()) {
      ImageDefinition definition =
          ImageDefinition.parse(Files.readString(sources.imageDefinition().get()));
      new ImageBuilder(new AptPackages(home.cache().resolve("packages")))
          .build(definition, sources.base(), layout);
    }
    return OciLayout.open(layout, OciLayout.Platform.LINUX_AMD64);
  }
}
