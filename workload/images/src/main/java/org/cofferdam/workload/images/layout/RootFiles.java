// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images.layout;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.workload.images.Descriptor;
import org.cofferdam.workload.images.OciDigest;
import org.cofferdam.workload.images.tar.TarEntry;
import org.cofferdam.workload.images.tar.TarReader;

/**
 * The layers of an image on top of each other (OCI image-spec, layer.md): an index of what is left,
 * with the digest of each file. Whiteouts hide lower layers, never their own. Each layer is read
 * once, and checked; contents stay where they are until they are asked for.
 */
public final class RootFiles {
  private static final long MAX_LAYER = 16L << 30;
  private static final int MAX_ENTRIES = 2_000_000;
  private static final int MAX_LINKS = 40;
  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  private final OciLayout layout;
  private final TreeMap<String, RootEntry> entries = new TreeMap<>();

  private RootFiles(OciLayout layout) {
    this.layout = layout;
  }

  static RootFiles read(OciLayout layout, List<Descriptor> layers) throws IOException {
    RootFiles root = new RootFiles(layout);
    for (Descriptor layer : layers) {
      root.layer(layer);
    }
    return root;
  }

  /** All but the root itself, sorted by path as {@link String#compareTo} does. */
  public List<RootEntry> entries() {
    return List.copyOf(entries.values());
  }

  /**
   * The bytes of a file. The stream throws {@link MalformedEvidenceException} at its end where they
   * are not those that the index saw.
   */
  public InputStream open(RootEntry.Content content) throws IOException {
    SeekableByteChannel blob = Files.newByteChannel(layout.path(content.layer().digest()));
    blob.position(content.offset());
    InputStream in = new BufferedInputStream(Channels.newInputStream(blob), 1 << 16);
    return new CheckedStream(
        new BoundedStream(in, content.size()),
        new Descriptor(
            content.layer().mediaType(),
            content.digest(),
            content.size(),
            content.layer().annotations()));
  }

  private void layer(Descriptor layer) throws IOException {
    if (!layer.mediaType().equals(Descriptor.LAYER)) {
      throw new MalformedEvidenceException(
          "image layer", "mediaType", -1, "is not a plain tar archive: " + layer.mediaType());
    }
    Set<String> own = new HashSet<>();
    try (InputStream blob = layout.open(layer);
        InputStream in = new BufferedInputStream(blob, 1 << 16)) {
      TarReader tar = new TarReader(in, MAX_LAYER, MAX_ENTRIES);
      for (Optional<TarEntry> e = tar.next(); e.isPresent(); e = tar.next()) {
        if (!e.get().path().isEmpty()) {
          member(layer, tar, e.get(), own);
        }
      }
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private void member(Descriptor layer, TarReader tar, TarEntry entry, Set<String> own)
      throws IOException {
    String path = place(entry.path());
    if (entry.name().startsWith(WHITEOUT)) {
      whiteout(path.substring(0, path.length() - entry.name().length()), entry.name(), own);
      return;
    }
    parents(path);
    RootEntry before = entries.get(path);
    boolean stays =
        entry.type() == TarEntry.Type.FOLDER
            && before != null
            && before.kind() == RootEntry.Kind.FOLDER;
    if (!stays) {
      remove(path, Set.of());
    }
    own.add(path);
    switch (entry.type()) {
      case FOLDER -> put(path, RootEntry.Kind.FOLDER, entry, "", null);
      case SYMBOLIC_LINK -> put(path, RootEntry.Kind.LINK, entry, entry.link(), null);
      case FILE -> put(path, RootEntry.Kind.FILE, entry, "", content(layer, tar, entry));
      case HARD_LINK -> {
        RootEntry target = entries.get(place(entry.link()));
        if (target == null || target.kind() == RootEntry.Kind.FOLDER) {
          throw malformed(entry.path(), "links to what is no file of the image");
        }
        entries.put(
            path,
            new RootEntry(
                path,
                target.kind(),
                target.mode(),
                target.uid(),
                target.gid(),
                target.link(),
                target.content()));
      }
      case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> {}
    }
  }

  private void put(
      String path,
      RootEntry.Kind kind,
      TarEntry entry,
      String link,
      RootEntry.@org.jspecify.annotations.Nullable Content content) {
    int mode = kind == RootEntry.Kind.LINK ? 0777 : entry.mode();
    entries.put(path, new RootEntry(path, kind, mode, entry.uid(), entry.gid(), link, content));
  }

  private static RootEntry.Content content(Descriptor layer, TarReader tar, TarEntry entry)
      throws IOException {
    long offset = tar.position();
    MessageDigest sha256 = Digests.start("SHA-256");
    new DigestInputStream(tar.stream(), sha256).transferTo(OutputStream.nullOutputStream());
    OciDigest digest = OciDigest.parse("sha256:" + Hex.encode(sha256.digest()));
    return new RootEntry.Content(layer, offset, entry.size(), digest);
  }

  private void whiteout(String parent, String name, Set<String> own) {
    if (name.equals(OPAQUE)) {
      new ArrayList<>(entries.subMap(parent, false, parent + Character.MAX_VALUE, false).keySet())
          .stream().filter(p -> p.startsWith(parent) && free(p, own)).forEach(entries::remove);
      return;
    }
    String hidden = name.substring(WHITEOUT.length());
    if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
      throw malformed(name, "hides no file");
    }
    remove(parent + hidden, own);
  }

  /** Takes a path and all below it away, but for what {@code own} needs. */
  private void remove(String path, Set<String> own) {
    String below = path + "/";
    if (free(path, own)) {
      entries.remove(path);
    }
    new ArrayList<>(entries.subMap(below, true, path + '0', false).keySet())
        .stream().filter(p -> free(p, own)).forEach(entries::remove);
  }

  private static boolean free(String path, Set<String> own) {
    return !own.contains(path) && own.stream().noneMatch(o -> o.startsWith(path + "/"));
  }

  private void parents(String path) {
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      String parent = path.substring(0, slash);
      RootEntry there = entries.get(parent);
      if (there == null || there.kind() != RootEntry.Kind.FOLDER) {
        remove(parent, Set.of());
        entries.put(parent, RootEntry.folder(parent));
      }
    }
  }

  /** Follows links among the parents, as a process with this root would. */
  private String place(String name) {
    Deque<String> left = new ArrayDeque<>(List.of(name.split("/", -1)));
    String at = "";
    int links = 0;
    while (left.size() > 1) {
      String part = left.removeFirst();
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (part.equals("..")) {
        at = at.contains("/") ? at.substring(0, at.lastIndexOf('/')) : "";
        continue;
      }
      String next = at.isEmpty() ? part : at + "/" + part;
      RootEntry entry = entries.get(next);
      if (entry == null || entry.kind() != RootEntry.Kind.LINK) {
        at = next;
        continue;
      }
      if (++links > MAX_LINKS) {
        throw malformed(name, "goes through too many links");
      }
      at = entry.link().startsWith("/") ? "" : at;
      List<String> target = List.of(entry.link().split("/", -1));
      target.reversed().forEach(left::addFirst);
    }
    return at.isEmpty() ? left.removeFirst() : at + "/" + left.removeFirst();
  }

  private static MalformedEvidenceException malformed(String name, String problem) {
    return new MalformedEvidenceException("image layer", name, -1, problem);
  }
}
