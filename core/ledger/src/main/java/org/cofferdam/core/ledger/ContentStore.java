// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import java.io.IOException;
import java.util.Optional;
import org.cofferdam.core.ledger.tiles.TileSource;

/**
 * What records name by digest: evidence, collateral, policies, reference values, kept beside the
 * tiles.
 *
 * @param source the log's files
 */
public record ContentStore(TileSource source) {

  /** Where content is kept, below the log's prefix. */
  public static String path(ContentDigest digest) {
    return "content/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex();
  }

  /**
   * The content, or empty where it is not kept (any more).
   *
   * @throws IOException where what is kept is not what its name says
   */
  public Optional<byte[]> get(ContentDigest digest) throws IOException {
    Optional<byte[]> content = source.read(path(digest));
    if (content.isPresent() && !ContentDigest.of(content.get()).equals(digest)) {
      throw new IOException(path(digest) + " holds other content than its name says");
    }
    return content;
  }
}
