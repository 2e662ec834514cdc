// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.services.guest.tar.TarWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodDiskTest {
  private static final byte[] BLOB = "blob".getBytes(StandardCharsets.UTF_8);
  private static final String LIE = "0a".repeat(32);

  @TempDir Path folder;

  @Test
  void readsDocumentsAndHashesBlobsWhateverTheyAreCalled() throws IOException {
    PodDisk disk = read(documents().file("images/blobs/sha256/" + LIE, BLOB));
    assertThat(disk.initData()).isEqualTo(new byte[] {1});
    assertThat(disk.request()).isEqualTo(new byte[] {2});
    assertThat(disk.routing()).isEqualTo(new byte[] {3});
    Blob blob = new Blob(folder.resolve(LIE), Hex.encode(Digests.sha256(BLOB)));
    assertThat(disk.blobs()).containsExactly(Map.entry(LIE, blob));
    assertThat(blob.file()).hasBinaryContent(BLOB);
  }

  @Test
  void whatFollowsTheArchiveIsNotRead() throws IOException {
    byte[] disk = Arrays.copyOf(documents().bytes(), 1 << 20);
    assertThat(PodDisk.read(new ByteArrayInputStream(disk), folder, disk.length).blobs()).isEmpty();
  }

  @Test
  void blobsAreNamedByDigestsOnlySoThatNoneLeadsElsewhere() throws IOException {
    for (String name :
        List.of("../../x", "/etc/passwd", "0a", LIE.toUpperCase(Locale.ROOT), LIE + "/x")) {
      refused(documents().file("images/blobs/sha256/" + name, BLOB), "digest");
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aNameTwiceIsRefused() {
    refused(documents().file("request.json", BLOB), "twice");
    refused(documents().file("./request.json", BLOB), "twice");
  }

  @Test
  void linksAndDevicesAreRefused() {
    refused(documents().symbolicLink("x", "/etc"), "neither");
    refused(documents().hardLink("x", "request.json"), "neither");
    refused(documents().member("x", '3', "", 0, 0, new byte[0]), "neither");
  }

  @Test
  void aDocumentOfMoreThanAMebibyteIsRefused() {
    refused(documents().file("note", new byte[(1 << 20) + 1]), "larger");
  }

  @Test
  void changedBytesGiveADiskOrARefusal() throws IOException {
    byte[] good = documents().file("images/blobs/sha256/" + LIE, BLOB).bytes();
    Random random = new Random(4);
    for (int i = 0; i < 2_000; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      Path fresh = Files.createDirectory(folder.resolve("f" + i));
      try {
        assertThat(PodDisk.read(new ByteArrayInputStream(bad), fresh, bad.length)).isNotNull();
      } catch (MalformedEvidenceException e) {
        assertThat(e.format()).isNotEmpty();
      }
    }
  }

  private static TarWriter documents() {
    return new TarWriter()
        .folder("images")
        .file("initdata.toml", new byte[] {1})
        .file("request.json", new byte[] {2})
        .file("broker.json", new byte[] {3})
        .file("images/oci-layout", new byte[] {4});
  }

  private PodDisk read(TarWriter tar) throws IOException {
    byte[] bytes = tar.bytes();
    return PodDisk.read(new ByteArrayInputStream(bytes), folder, bytes.length);
  }

  private void refused(TarWriter tar, String why) {
    assertThatThrownBy(() -> read(tar))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining(why);
  }
}
