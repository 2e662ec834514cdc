// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.convert;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.images.ImageReference;
import org.cofferdam.workload.images.ImageSource;
import org.cofferdam.workload.images.layout.OciLayout;

/** The images that this machine has as OCI layouts, asked one after the other. */
public final class LocalImages implements ImageSource {
  private final List<OciLayout> layouts = new ArrayList<>();

  /** Adds a layout. */
  public void add(Path layout) throws IOException {
    layouts.add(OciLayout.open(layout, OciLayout.Platform.LINUX_AMD64));
  }

  @Override
  public Optional<Image> find(ImageReference reference) {
    return layouts.stream().flatMap(l -> l.find(reference).stream()).findFirst();
  }
}
