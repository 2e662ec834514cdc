// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.process.gramine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The files that the program will see, below one root. Links are followed inside the root only. */
public interface FileTree {
  /** What a path leads to. */
  enum Kind {
    FILE,
    DIRECTORY,
    /** Device, socket, pipe, or nothing that can be read. */
    OTHER
  }

  /**
   * @param path absolute in the tree, or relative to its root
   * @return what it leads to once links are followed; empty where there is nothing
   */
  Optional<Kind> kind(String path) throws IOException;

  /** Whether the last component itself is a symbolic link. */
  boolean isLink(String path) throws IOException;

  /** Names in a directory, in the order of their code points. */
  List<String> list(String directory) throws IOException;

  /** SHA-256 of a file's content, in hex. */
  String sha256(String path) throws IOException;
}
