// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.process;

import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.images.layout.RootFiles;

/** Where the files of an image are looked up. */
@FunctionalInterface
public interface RootLookup {
  /** The files that a process in this image sees. */
  RootFiles of(Image image);
}
