// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.tiles;

import java.util.Locale;

/** Names of the log's files below its prefix, as tlog-tiles lays them out. */
public final class TilePath {
  /** The signed head. */
  public static final String CHECKPOINT = "checkpoint";

  /** Hashes in a full tile, and entries in a full bundle. */
  public static final int WIDTH = 256;

  private TilePath() {}

  /**
   * A tile of hashes.
   *
   * @param level 0 for leaf hashes
   * @param index within the level
   * @param width 1 to 256; below 256 the tile is partial
   */
  public static String hashes(int level, long index, int width) {
    return "tile/" + level + "/" + number(index) + partial(width);
  }

  /** A bundle of entries; index and width as for tiles of level 0. */
  public static String entries(long index, int width) {
    return "tile/entries/" + number(index) + partial(width);
  }

  /** The directory of a file's path; empty for the root. */
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private static String partial(int width) {
    return width == WIDTH ? "" : ".p/" + width;
  }

  private static String number(long index) {
    String last = String.format(Locale.ROOT, "%03d", index % 1000);
    return index < 1000 ? last : leading(index / 1000) + last;
  }

  private static String leading(long index) {
    String here = String.format(Locale.ROOT, "x%03d/", index % 1000);
    return index < 1000 ? here : leading(index / 1000) + here;
  }
}
