// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.workload.images.Accounts;
import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.images.ImageReference;
import org.cofferdam.workload.images.OciDigest;
import org.cofferdam.workload.images.layout.OciLayout;
import org.cofferdam.workload.images.layout.OciLayoutWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image from a real package, built and read back. */
class ImageBuilderTest {
  private static final String DEFINITION =
      """
      reference = "localhost/example:1"
      [[package]]
      name = "example"
      paths = ["usr/bin/tool"]
      [[link]]
      path = "usr/bin/sh"
      to = "tool"
      [[file]]
      from = "passwd"
      to = "etc/passwd"
      mode = "0644"
      [config]
      entrypoint = ["/usr/bin/tool"]
      user = "app"
      [config.env]
      B = "2"
      A = "1"
      """;

  @TempDir Path folder;
  private Path deb;

  @BeforeEach
  void makePackage() throws Exception {
    Path root = Files.createDirectories(folder.resolve("root"));
    Files.createDirectories(root.resolve("DEBIAN"));
    Files.writeString(
        root.resolve("DEBIAN/control"),
        "Package: example\nVersion: 1\nArchitecture: all\nMaintainer: T <t@example.org>\nDescription: t\n");
    Files.createDirectories(root.resolve("bin"));
    Files.writeString(root.resolve("bin/tool"), "#!/bin/sh\n");
    Files.writeString(root.resolve("bin/other"), "not wanted\n");
    Files.writeString(folder.resolve("passwd"), "app:x:77:78::/:/bin/false\n");
    deb = folder.resolve("example.deb");
    Process build =
        new ProcessBuilder("dpkg-deb", "--root-owner-group", "-b", root.toString(), deb.toString())
            .redirectErrorStream(true)
            .start();
    build.getInputStream().readAllBytes();
    assertThat(build.waitFor()).isZero();
  }

  @Test
  void theImageIsFoundByItsNameAndByItsDigest() throws IOException {
    OciDigest digest = build("layout");
    OciLayout layout = open("layout");
    Image image = layout.find(ImageReference.parse("localhost/example:1")).orElseThrow();
    assertThat(image.manifest()).isEqualTo(digest);
    assertThat(layout.find(ImageReference.parse("localhost/example:1").pinned(digest)))
        .contains(image);
    assertThat(layout.find(ImageReference.parse("localhost/example:2"))).isEmpty();
    assertThat(image.configuration().env()).containsExactly("A=1", "B=2");
    assertThat(image.accounts().resolve("app")).isEqualTo(new Accounts.Identity(77, 78, List.of()));
    assertThat(image.configuration().diffIds())
        .isEqualTo(image.layers().stream().map(l -> l.digest()).toList());
  }

  @Test
  void equalInputsGiveEqualDigests() throws IOException {
    assertThat(build("one")).isEqualTo(build("two"));
  }

  @Test
  void onlyWhatIsWantedComesInAtItsMergedPlace() throws IOException {
    build("layout");
    OciLayout layout = open("layout");
    Image image = layout.find(ImageReference.parse("localhost/example:1")).orElseThrow();
    String layer = new String(layout.blob(image.layers().getFirst()), StandardCharsets.ISO_8859_1);
    assertThat(layer).contains("usr/bin/tool").doesNotContain("other");
  }

  @Test
  void aChangedBlobIsRefused() throws IOException {
    build("layout");
    Image image = open("layout").find(ImageReference.parse("localhost/example:1")).orElseThrow();
    Path layer =
        folder.resolve("layout/blobs/sha256").resolve(image.layers().getLast().digest().hex());
    byte[] bytes = Files.readAllBytes(layer);
    bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("app:x:77")] ^= 1;
    Files.write(layer, bytes);
    assertThatThrownBy(() -> open("layout").find(ImageReference.parse("localhost/example:1")))
        .isInstanceOfSatisfying(
            MalformedEvidenceException.class, e -> assertThat(e.field()).isEqualTo("digest"));
  }

  @Test
  void aBlobThatIsALinkIsRefused() throws IOException {
    build("layout");
    Image image = open("layout").find(ImageReference.parse("localhost/example:1")).orElseThrow();
    Path config = folder.resolve("layout/blobs/sha256").resolve(image.config().digest().hex());
    Path elsewhere = folder.resolve("elsewhere");
    Files.move(config, elsewhere);
    Files.createSymbolicLink(config, elsewhere);
    assertThatThrownBy(() -> open("layout").find(ImageReference.parse("localhost/example:1")))
        .isInstanceOf(MalformedEvidenceException.class);
  }

  @Test
  void aCopyHasTheSameManifest() throws IOException {
    OciDigest digest = build("layout");
    OciLayout layout = open("layout");
    Image image = layout.find(ImageReference.parse("localhost/example:1")).orElseThrow();
    OciLayoutWriter writer = new OciLayoutWriter(folder.resolve("copy"));
    writer.copy(layout, image);
    writer.finish();
    Optional<Image> copy =
        open("copy").find(ImageReference.parse("localhost/anything").pinned(digest));
    assertThat(copy).contains(image);
  }

  @Test
  void unknownKeysOfADefinitionAreRefused() {
    assertThatThrownBy(() -> ImageDefinition.parse("colour = \"red\"\n" + DEFINITION))
        .isInstanceOf(MalformedEvidenceException.class);
  }

  @Test
  void pathsOfADefinitionStayInside() {
    assertThatThrownBy(
            () -> ImageDefinition.parse(DEFINITION.replace("\"passwd\"", "\"../passwd\"")))
        .isInstanceOf(MalformedEvidenceException.class);
  }

  private OciDigest build(String name) throws IOException {
    return new ImageBuilder(wanted -> deb)
        .build(ImageDefinition.parse(DEFINITION), folder, folder.resolve(name));
  }

  private OciLayout open(String name) throws IOException {
    return OciLayout.open(folder.resolve(name), OciLayout.Platform.LINUX_AMD64);
  }
}
