// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.images.layout.OciLayout;
import org.cofferdam.workload.images.layout.OciLayoutWriter;
import org.cofferdam.workload.pattern.Conversion;

/** Writes a conversion into the folder that a launch reads. */
public final class LaunchFolder {
  private LaunchFolder() {}

  /** Writes init-data, request and policy below {@code folder}. */
  public static void files(Conversion conversion, Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : conversion.files().entrySet()) {
      Path target = folder.resolve(file.getKey());
      Files.createDirectories(target.getParent() == null ? folder : target.getParent());
      Files.write(target, file.getValue());
    }
  }

  /** Copies the images into {@code folder/pod/images}, each blob checked on the way. */
  public static void images(Conversion conversion, LocalImages images, Path folder)
      throws IOException {
    OciLayoutWriter writer = new OciLayoutWriter(folder.resolve("pod").resolve("images"));
    for (Image image : conversion.images()) {
      OciLayout from =
          images
              .layoutOf(image)
              .orElseThrow(() -> new IOException("the image " + image.manifest() + " is gone"));
      writer.copy(from, image);
    }
    writer.finish();
  }
}
