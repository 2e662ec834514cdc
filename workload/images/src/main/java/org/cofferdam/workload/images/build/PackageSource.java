// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images.build;

import java.io.IOException;
import java.nio.file.Path;

/** Where Debian packages come from. */
@FunctionalInterface
public interface PackageSource {
  /** A file with the package, checked against the archive's own digest. */
  Path fetch(String name) throws IOException;
}
