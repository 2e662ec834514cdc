// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images.layout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.images.Descriptor;
import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.images.ImageConfig;
import org.cofferdam.workload.images.ImageReference;
import org.cofferdam.workload.images.ImageSource;
import org.cofferdam.workload.images.OciDigest;

/**
 * A folder in the OCI image layout (image-spec, image-layout.md) that nobody vouches for: every
 * blob is checked against its digest and size before it is used.
 */
public final class OciLayout implements ImageSource {
  private static final int MAX_DOCUMENT = 4 << 20;
  private static final int MAX_NESTING = 3;

  private final Path folder;
  private final Platform platform;
  private final List<Descriptor> entries;

  /**
   * @param os for example {@code linux}
   * @param architecture by Go's names
   */
  public record Platform(String os, String architecture) {
    public static final Platform LINUX_AMD64 = new Platform("linux", "amd64");
  }

  private OciLayout(Path folder, Platform platform, List<Descriptor> entries) {
    this.folder = folder;
    this.platform = platform;
    this.entries = List.copyOf(entries);
  }

  /**
   * Reads the index of a layout.
   *
   * @param platform which image of several is meant
   * @throws MalformedEvidenceException where it is no layout
   */
  public static OciLayout open(Path folder, Platform platform) throws IOException {
    Json.Obj marker = Json.parse(small(folder.resolve("oci-layout"))).asObject("oci-layout");
    if (!marker.string("imageLayoutVersion").equals("1.0.0")) {
      throw new MalformedEvidenceException("OCI layout", "imageLayoutVersion", -1, "is not 1.0.0");
    }
    Json.Obj index = Json.parse(small(folder.resolve("index.json"))).asObject("index");
    return new OciLayout(folder, platform, descriptors(index));
  }

  /** The entries of the index. */
  public List<Descriptor> entries() {
    return entries;
  }

  @Override
  public Optional<Image> find(ImageReference reference) {
    try {
      for (Descriptor entry : entries) {
        Optional<Image> image = named(entry, reference) ? image(entry, 0) : Optional.empty();
        if (image.isPresent()) {
          return image;
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The image with this manifest, for the platform.
   *
   * @throws MalformedEvidenceException where a blob is not what its digest says
   */
  public Image image(Descriptor manifest) throws IOException {
    return image(manifest, 0)
        .orElseThrow(
            () ->
                new MalformedEvidenceException(
                    "OCI index", "manifests", -1, "has no image for " + platform));
  }

  /** The content of a blob of at most 4 MiB, checked. */
  public byte[] blob(Descriptor descriptor) throws IOException {
    if (descriptor.size() > MAX_DOCUMENT) {
      throw new MalformedEvidenceException("OCI descriptor", "size", -1, "is too large to be read");
    }
    try (InputStream in = open(descriptor)) {
      return in.readAllBytes();
    }
  }

  /**
   * The content of a blob as a stream that throws {@link MalformedEvidenceException} instead of
   * ending where size or digest is wrong.
   */
  public InputStream open(Descriptor descriptor) throws IOException {
    Path path = path(descriptor.digest());
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new MalformedEvidenceException(
          "OCI layout", "blobs/" + descriptor.digest(), -1, "is missing or no plain file");
    }
    return new CheckedStream(Files.newInputStream(path), descriptor);
  }

  /**
   * The files that a process in this image sees. Only for plain layers.
   *
   * @throws MalformedEvidenceException where a layer is compressed, breaks a rule of its form, or
   *     is not what its digest says
   */
  public RootFiles root(Image image) throws IOException {
    return RootFiles.read(this, image.layers());
  }

  /** There is a blob under this digest; its content is not checked yet. */
  public boolean has(OciDigest digest) {
    return Files.isRegularFile(path(digest), LinkOption.NOFOLLOW_LINKS);
  }

  Path path(OciDigest digest) {
    return folder.resolve("blobs").resolve("sha256").resolve(digest.hex());
  }

  private Optional<Image> image(Descriptor descriptor, int depth) throws IOException {
    Json.Obj document = Json.parse(blob(descriptor)).asObject("manifest");
    if (document.get("manifests").isPresent()) {
      if (depth == MAX_NESTING) {
        throw new MalformedEvidenceException("OCI index", "manifests", -1, "is nested too deeply");
      }
      for (Json item : document.array("manifests")) {
        if (fits(item.asObject("manifest"))) {
          return image(Descriptor.fromJson(item), depth + 1);
        }
      }
      return Optional.empty();
    }
    Descriptor config = Descriptor.fromJson(document.require("config"));
    List<Descriptor> layers = new ArrayList<>();
    for (Json layer : document.array("layers")) {
      layers.add(Descriptor.fromJson(layer));
    }
    ImageConfig configuration = ImageConfig.parse(blob(config));
    if (configuration.diffIds().size() != layers.size()) {
      throw new MalformedEvidenceException(
          "OCI image", "diff_ids", -1, "are not as many as the layers");
    }
    return Optional.of(
        new Image(
            descriptor.digest(),
            config,
            layers,
            configuration,
            new LayerFiles(this, layers).accounts()));
  }

  private boolean fits(Json.Obj item) {
    Optional<Json> value = item.get("platform");
    if (value.isEmpty()) {
      return true;
    }
    Json.Obj wanted = value.get().asObject("platform");
    return wanted.string("os").equals(platform.os())
        && wanted.string("architecture").equals(platform.architecture());
  }

  /** By digest where the reference has one; else by full name, or by the tag that skopeo writes. */
  private static boolean named(Descriptor entry, ImageReference reference) {
    if (reference.digest().isPresent()) {
      return reference.digest().get().equals(entry.digest());
    }
    String name = entry.annotations().getOrDefault(Descriptor.REF_NAME, "");
    String full = entry.annotations().getOrDefault("io.containerd.image.name", name);
    return full.contains("/")
        ? ImageReference.parse(full).equals(reference)
        : full.equals(reference.toString());
  }

  private static List<Descriptor> descriptors(Json.Obj index) {
    List<Descriptor> descriptors = new ArrayList<>();
    for (Json item : index.array("manifests")) {
      descriptors.add(Descriptor.fromJson(item));
    }
    return descriptors;
  }

  private static byte[] small(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new MalformedEvidenceException(
          "OCI layout", String.valueOf(file.getFileName()), -1, "is missing");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_DOCUMENT + 1);
      if (bytes.length > MAX_DOCUMENT) {
        throw new MalformedEvidenceException(
            "OCI layout", String.valueOf(file.getFileName()), -1, "is larger than 4 MiB");
      }
      return bytes;
    }
  }
}
