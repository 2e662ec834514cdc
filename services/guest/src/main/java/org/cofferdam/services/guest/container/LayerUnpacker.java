// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.services.guest.tar.TarEntry;
import org.cofferdam.services.guest.tar.TarReader;
import org.cofferdam.services.guest.tar.TarType;

/**
 * Puts the layers of an image on top of each other in one folder (OCI image specification, layer).
 * Whiteouts take away what lower layers brought, never what their own layer brings. Device nodes
 * are left out: a container gets its own {@code /dev}.
 */
public final class LayerUnpacker {
  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  private final Path root;
  private final Tree tree;

  /**
   * @param root an empty folder
   */
  public LayerUnpacker(Path root) {
    this.root = root;
    this.tree = new Tree(root);
  }

  /**
   * @throws MalformedEvidenceException where the layer is no such archive or leads out of the root
   */
  public void unpack(Path layer) throws IOException {
    Set<Path> own = new HashSet<>();
    List<TarEntry> folders = new ArrayList<>();
    try (InputStream in = Files.newInputStream(layer)) {
      TarReader tar = new TarReader(in, Files.size(layer));
      for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
        entry(tar, next.get(), own, folders);
      }
    }
    // Modes of folders last: one without write permission may still have to be filled.
    for (TarEntry folder : folders) {
      Path place = tree.place(folder.name());
      if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
        attributes(place, folder);
      }
    }
  }

  private void entry(TarReader tar, TarEntry entry, Set<Path> own, List<TarEntry> folders)
      throws IOException {
    Path place = tree.place(entry.name());
    String file = place.equals(root) ? "" : String.valueOf(place.getFileName());
    if (file.startsWith(WHITEOUT)) {
      whiteout(place, file, own);
      return;
    }
    if (place.equals(root) && entry.type() != TarType.DIRECTORY) {
      throw malformed(entry, "would take the place of the root");
    }
    if (!place.equals(root)) {
      tree.makeParents(place);
      boolean stays =
          entry.type() == TarType.DIRECTORY && Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS);
      if (!stays) {
        tree.remove(place);
      }
    }
    own.add(place);
    switch (entry.type()) {
      case DIRECTORY -> {
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectory(place);
        }
        folders.add(entry);
      }
      case FILE -> {
        try (OutputStream out = Files.newOutputStream(place, StandardOpenOption.CREATE_NEW)) {
          tar.copy(out);
        }
        attributes(place, entry);
      }
      case SYMBOLIC_LINK -> {
        Files.createSymbolicLink(place, Path.of(entry.linkName()));
        owner(place, entry);
      }
      case HARD_LINK -> {
        Path target = tree.place(entry.linkName());
        if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
            && !Files.isSymbolicLink(target)) {
          throw malformed(entry, "links to what is no file of the image");
        }
        Files.createLink(place, target);
      }
      case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> {}
    }
  }

  /** Marks of the same layer hide nothing of that layer, wherever they stand in it. */
  private void whiteout(Path place, String file, Set<Path> own) throws IOException {
    Path folder = place.resolveSibling("");
    if (file.equals(OPAQUE)) {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      try (var children = Files.newDirectoryStream(folder)) {
        for (Path child : children) {
          removeLower(child, own);
        }
      }
      return;
    }
    String hidden = file.substring(WHITEOUT.length());
    if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
      throw new MalformedEvidenceException("OCI layer", file, -1, "hides no file");
    }
    removeLower(folder.resolve(hidden), own);
  }

  private void removeLower(Path place, Set<Path> own) throws IOException {
    boolean holdsOwn = own.stream().anyMatch(path -> path.startsWith(place));
    if (!holdsOwn) {
      tree.remove(place);
    } else if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      try (var children = Files.newDirectoryStream(place)) {
        for (Path child : children) {
          removeLower(child, own);
        }
      }
    }
  }

  private void attributes(Path place, TarEntry entry) throws IOException {
    owner(place, entry);
    Files.setAttribute(place, "unix:mode", entry.mode());
  }

  private void owner(Path place, TarEntry entry) throws IOException {
    if (entry.uid() != 0 || entry.gid() != 0) {
      Files.setAttribute(place, "unix:uid", entry.uid(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(place, "unix:gid", entry.gid(), LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static MalformedEvidenceException malformed(TarEntry entry, String problem) {
    return new MalformedEvidenceException("OCI layer", entry.name(), entry.position(), problem);
  }
}
