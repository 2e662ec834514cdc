// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images.layout;

import org.cofferdam.workload.images.Descriptor;
import org.cofferdam.workload.images.OciDigest;
import org.jspecify.annotations.Nullable;

/**
 * A file, folder or symbolic link of an image's root.
 *
 * @param path relative, with {@code /} between names
 * @param kind what it is
 * @param mode permission bits with set-uid, set-gid and sticky
 * @param uid owner
 * @param gid group
 * @param link target of a symbolic link as written; empty otherwise
 * @param content of a file; null otherwise
 */
public record RootEntry(
    String path, Kind kind, int mode, long uid, long gid, String link, @Nullable Content content) {

  /** What a root holds; devices and pipes of layers are left out, as runtimes do. */
  public enum Kind {
    FILE,
    FOLDER,
    LINK
  }

  /**
   * Where a file's bytes lie.
   *
   * @param layer plain layer
   * @param offset in it
   * @param size in bytes
   * @param digest of the bytes
   */
  public record Content(Descriptor layer, long offset, long size, OciDigest digest) {}

  static RootEntry folder(String path) {
    return new RootEntry(path, Kind.FOLDER, 0755, 0, 0, "", null);
  }
}
