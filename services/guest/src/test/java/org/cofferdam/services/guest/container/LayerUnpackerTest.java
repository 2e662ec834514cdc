// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.services.guest.tar.TarWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerUnpackerTest {
  private static final byte[] A = {'a'};
  private static final byte[] B = {'b'};

  @TempDir Path folder;
  private Path root;
  private int layers;

  @BeforeEach
  void root() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
  }

  @Test
  void laterLayersReplaceEarlierOnes() throws IOException {
    unpack(new TarWriter().file("f", A), new TarWriter().file("f", B));
    assertThat(root.resolve("f")).hasBinaryContent(B);
  }

  @Test
  void whiteoutTakesAwayWhatALowerLayerBrought() throws IOException {
    unpack(
        new TarWriter().folder("d").file("d/x", A).file("y", A),
        new TarWriter().file("d/.wh.x", new byte[0]).file(".wh.y", new byte[0]));
    assertThat(names()).containsExactly("d");
  }

  @Test
  void opaqueFolderHidesLowerLayersAndKeepsItsOwn() throws IOException {
    unpack(
        new TarWriter().folder("d").file("d/old", A),
        new TarWriter()
            .folder("d")
            .file("d/new", B)
            .file("d/.wh..wh..opq", new byte[0])
            .file("d/later", B));
    assertThat(names()).containsExactly("d", "d/later", "d/new");
  }

  @Test
  void folderInPlaceOfAFileAndTheOtherWayRound() throws IOException {
    unpack(
        new TarWriter().file("a", A).folder("b").file("b/c", A),
        new TarWriter().folder("a").file("a/d", B).file("b", B));
    assertThat(names()).containsExactly("a", "a/d", "b");
  }

  @Test
  void modesAndSetIdBitsAreKeptAlsoOfFoldersThatCannotBeWritten() throws IOException {
    unpack(new TarWriter().member("d", '5', "", 0555, 0, new byte[0]).file("d/s", 04755, A));
    assertThat(Files.getAttribute(root.resolve("d/s"), "unix:mode")).isEqualTo(0104755);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("d"))))
        .isEqualTo("r-xr-xr-x");
  }

  @Test
  void linksInParentsAreFollowedInsideTheRoot() throws IOException {
    unpack(
        new TarWriter()
            .folder("usr/bin")
            .symbolicLink("bin", "usr/bin")
            .symbolicLink("abs", "/usr/../usr/bin")
            .file("bin/one", A)
            .file("abs/two", A));
    assertThat(names()).contains("usr/bin/one", "usr/bin/two");
  }

  @Test
  void noNameLeadsOutOfTheRoot() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    unpack(
        new TarWriter()
            .symbolicLink("up", "../outside")
            .symbolicLink("abs", outside.toString())
            .file("up/x", A)
            .file("abs/x", A)
            .file("../outside/y", A)
            .file("/../../outside/z", A));
    try (Stream<Path> list = Files.list(outside)) {
      assertThat(list).isEmpty();
    }
  }

  @Test
  void aLinkIsReplacedAndNotWrittenThrough() throws IOException {
    Path victim = Files.write(folder.resolve("victim"), A);
    unpack(new TarWriter().symbolicLink("f", victim.toString()).file("f", B));
    assertThat(victim).hasBinaryContent(A);
    assertThat(Files.isSymbolicLink(root.resolve("f"))).isFalse();
  }

  @Test
  void hardLinksStayInside() throws IOException {
    Files.write(folder.resolve("victim"), A);
    assertThatThrownBy(() -> unpack(new TarWriter().hardLink("h", "../victim")))
        .isInstanceOf(MalformedEvidenceException.class);
    unpack(new TarWriter().file("a", A).hardLink("h", "a"));
    assertThat(root.resolve("h")).hasBinaryContent(A);
  }

  @Test
  void whiteoutsOfPathsAboveAreRefused() {
    assertThatThrownBy(() -> unpack(new TarWriter().file(".wh...", new byte[0])))
        .isInstanceOf(MalformedEvidenceException.class);
  }

  @Test
  void circlesOfLinksAreRefused() {
    assertThatThrownBy(
            () ->
                unpack(
                    new TarWriter().symbolicLink("a", "b").symbolicLink("b", "a").file("a/x", A)))
        .isInstanceOf(MalformedEvidenceException.class);
  }

  @Test
  void deviceNodesAreLeftOut() throws IOException {
    unpack(new TarWriter().member("dev/null", '3', "", 0666, 0, new byte[0]));
    assertThat(Files.exists(root.resolve("dev/null"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  private void unpack(TarWriter... tars) throws IOException {
    LayerUnpacker unpacker = new LayerUnpacker(root);
    for (TarWriter tar : tars) {
      unpacker.unpack(Files.write(folder.resolve("layer" + layers++), tar.bytes()));
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(p -> !p.equals(root))
          .map(p -> root.relativize(p).toString())
          .sorted()
          .toList();
    }
  }
}
