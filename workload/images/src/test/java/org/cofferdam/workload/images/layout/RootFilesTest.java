// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.workload.images.Descriptor;
import org.cofferdam.workload.images.tar.TarEntry;
import org.cofferdam.workload.images.tar.TarWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootFilesTest {
  @TempDir Path folder;

  @Test
  void upperLayersHideAndReplaceLowerOnes() throws Exception {
    RootFiles root =
        root(
            layer(file("a/x", "1"), file("a/y", "2"), file("b", "3"), file("c/d", "4")),
            layer(
                file("a/x", "new"),
                file("a/.wh.y", ""),
                file("c/.wh..wh..opq", ""),
                file("c/e", "5")));
    assertThat(paths(root)).containsExactly("a", "a/x", "b", "c", "c/e");
    assertThat(text(root, "a/x")).isEqualTo("new");
    assertThat(text(root, "c/e")).isEqualTo("5");
  }

  @Test
  void parentsThatAreLinksAreFollowed() throws Exception {
    RootFiles root =
        root(
            layer(
                entry(TarEntry.folder("usr/bin", 0700), ""),
                entry(TarEntry.symbolicLink("bin", "usr/bin"), "")),
            layer(file("bin/tool", "t")));
    assertThat(paths(root)).containsExactly("bin", "usr", "usr/bin", "usr/bin/tool");
    assertThat(root.entries().get(0).link()).isEqualTo("usr/bin");
    assertThat(root.entries().get(2).mode()).isEqualTo(0700);
  }

  @Test
  void aHardLinkIsTheSameFile() throws Exception {
    TarEntry link = new TarEntry("b", TarEntry.Type.HARD_LINK, 0644, 0, 0, 0, "a");
    RootFiles root = root(layer(file("a", "x"), entry(link, "")));
    assertThat(text(root, "b")).isEqualTo("x");
  }

  @Test
  void aFolderGivesWayToAFile() throws Exception {
    RootFiles root = root(layer(file("a/b/c", "x")), layer(file("a", "y")));
    assertThat(paths(root)).containsExactly("a");
  }

  @Test
  void contentThatChangedSinceIsRefused() throws Exception {
    RootFiles root = root(layer(file("a", "content")));
    RootEntry.Content content = java.util.Objects.requireNonNull(root.entries().get(0).content());
    Path blob = folder.resolve("blobs/sha256").resolve(content.layer().digest().hex());
    byte[] bytes = Files.readAllBytes(blob);
    bytes[(int) content.offset()] ^= 1;
    Files.write(blob, bytes);
    try (InputStream in = root.open(content)) {
      assertThatThrownBy(in::readAllBytes).isInstanceOf(MalformedEvidenceException.class);
    }
  }

  private record Member(TarEntry entry, byte[] content) {}

  private static Member entry(TarEntry entry, String content) {
    return new Member(entry, content.getBytes(StandardCharsets.UTF_8));
  }

  private static Member file(String path, String content) {
    return entry(TarEntry.file(path, 0644, content.length()), content);
  }

  private static byte[] layer(Member... members) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter tar = new TarWriter(out);
    for (Member member : members) {
      tar.add(member.entry(), member.content());
    }
    tar.finish();
    return out.toByteArray();
  }

  private RootFiles root(byte[]... layers) throws Exception {
    OciLayoutWriter writer = new OciLayoutWriter(folder);
    List<Descriptor> descriptors = new ArrayList<>();
    for (byte[] layer : layers) {
      descriptors.add(writer.add(Descriptor.LAYER, layer));
    }
    writer.finish();
    return RootFiles.read(OciLayout.open(folder, OciLayout.Platform.LINUX_AMD64), descriptors);
  }

  private static List<String> paths(RootFiles root) {
    return root.entries().stream().map(RootEntry::path).toList();
  }

  private static String text(RootFiles root, String path) throws Exception {
    RootEntry entry =
        root.entries().stream().filter(e -> e.path().equals(path)).findFirst().orElseThrow();
    try (InputStream in = root.open(java.util.Objects.requireNonNull(entry.content()))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
