// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images.tar;

/**
 * A member of an archive.
 *
 * @param path relative, with {@code /} between names, without {@code .} and {@code ..}; empty for
 *     the root folder
 * @param type what it is
 * @param mode permission bits with set-uid, set-gid and sticky, at most 07777
 * @param uid owner
 * @param gid group
 * @param size of the content in bytes, 0 for all but files
 * @param link target of a symbolic link as written, path of a hard link's file; empty otherwise
 */
public record TarEntry(
    String path, Type type, int mode, long uid, long gid, long size, String link) {

  /** The kinds that an image may hold. */
  public enum Type {
    FILE,
    HARD_LINK,
    SYMBOLIC_LINK,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    FOLDER,
    FIFO
  }

  public static TarEntry file(String path, int mode, long size) {
    return new TarEntry(path, Type.FILE, mode, 0, 0, size, "");
  }

  public static TarEntry folder(String path, int mode) {
    return new TarEntry(path, Type.FOLDER, mode, 0, 0, 0, "");
  }

  public static TarEntry symbolicLink(String path, String target) {
    return new TarEntry(path, Type.SYMBOLIC_LINK, 0777, 0, 0, 0, target);
  }

  /** The last name of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
