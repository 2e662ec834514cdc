// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.container;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.jspecify.annotations.Nullable;

/**
 * Paths of an image under the folder it is unpacked into. Links in the image are followed as a
 * process would see them with that folder as its root, so that no path leads out of it. Nothing
 * else changes the tree meanwhile.
 */
public final class Tree {
  private static final int MOST_LINKS = 40;

  private final Path root;

  public Tree(Path root) {
    this.root = root;
  }

  /**
   * The place where an entry of that name lies: links in its parents are followed, one at the end
   * is not.
   *
   * @throws MalformedEvidenceException where the name goes above the root or the links in circles
   */
  public Path place(String name) throws IOException {
    Deque<String> left = parts(name, new ArrayDeque<>());
    Path at = root;
    int links = 0;
    while (left.size() > 1) {
      String part = left.removeFirst();
      if (part.equals("..")) {
        at = at.equals(root) ? root : parent(at);
        continue;
      }
      Path next = at.resolve(part);
      if (!Files.isSymbolicLink(next)) {
        at = next;
        continue;
      }
      if (++links > MOST_LINKS) {
        throw malformed(name, "goes through too many links");
      }
      String target = Files.readSymbolicLink(next).toString();
      at = target.startsWith("/") ? root : at;
      left = parts(target, left);
    }
    if (left.isEmpty()) {
      return at;
    }
    if (left.peekFirst().equals("..")) {
      throw malformed(name, "ends in ..");
    }
    return at.resolve(left.removeFirst());
  }

  /** Makes the folders above {@code place} where they are missing. */
  public void makeParents(Path place) throws IOException {
    Path parent = parent(place);
    if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
      remove(parent);
      makeParents(parent);
      Files.createDirectory(parent);
      Files.setAttribute(parent, "unix:mode", 0755);
    }
  }

  /** Removes a file, link or whole folder; nothing happens where there is none. */
  void remove(Path place) throws IOException {
    if (place.equals(root)) {
      removeChildren(root);
    } else {
      delete(place);
    }
  }

  /** Empties a folder. */
  void removeChildren(Path folder) throws IOException {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      try (var children = Files.newDirectoryStream(folder)) {
        for (Path child : children) {
          delete(child);
        }
      }
    }
  }

  private static void delete(Path place) throws IOException {
    Files.walkFileTree(
        place,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** The parts of {@code name}, then those in {@code after}. */
  private static Deque<String> parts(String name, Deque<String> after) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : name.split("/", -1)) {
      if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    parts.addAll(after);
    return parts;
  }

  private static Path parent(Path place) {
    Path parent = place.getParent();
    return parent == null ? place : parent;
  }

  private static MalformedEvidenceException malformed(String name, String problem) {
    return new MalformedEvidenceException("OCI layer", name, -1, problem);
  }
}
