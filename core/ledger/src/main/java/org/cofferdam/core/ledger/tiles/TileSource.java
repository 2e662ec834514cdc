// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.tiles;

import java.io.IOException;
import java.util.Optional;

/** Where a log's files can be read: a folder, a web server, an archive. */
@FunctionalInterface
public interface TileSource {
  /**
   * The whole file, or empty where there is none.
   *
   * @param path relative to the log's prefix, with slashes, for example {@code tile/0/x001/234}
   */
  Optional<byte[]> read(String path) throws IOException;
}
