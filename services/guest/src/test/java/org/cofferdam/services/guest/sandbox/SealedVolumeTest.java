// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SecretBytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedVolumeTest {
  private static final byte KEY = 1;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void seal() throws Exception {
    file = folder.resolve("host/store.sealed");
    Path content = Files.createDirectories(folder.resolve("content"));
    Files.createDirectories(content.resolve("a/b"));
    Files.writeString(content.resolve("a/b/order"), "book");
    Files.setAttribute(content.resolve("a/b/order"), "unix:mode", 0640);
    Files.createSymbolicLink(content.resolve("link"), Path.of("a/b"));
    volume("default/orders/volume-store", KEY, content).seal();
  }

  @Test
  void theSameUnitFindsItsThingsAgain() throws Exception {
    Path again = Files.createDirectories(folder.resolve("again"));
    volume("default/orders/volume-store", KEY, again).open();
    assertThat(Files.readString(again.resolve("a/b/order"))).isEqualTo("book");
    assertThat((Integer) Files.getAttribute(again.resolve("a/b/order"), "unix:mode") & 0777)
        .isEqualTo(0640);
    assertThat(Files.readSymbolicLink(again.resolve("link"))).isEqualTo(Path.of("a/b"));
  }

  @Test
  void theFileShowsNothing() throws Exception {
    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
        .doesNotContain("book", "order");
  }

  @Test
  void everyChangedByteIsNoticed() throws Exception {
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      Files.write(file, bad);
      Path target = Files.createDirectories(folder.resolve("bad"));
      assertThatThrownBy(() -> volume("default/orders/volume-store", KEY, target).open())
          .as("byte %d", i)
          .isInstanceOf(MalformedEvidenceException.class);
      assertThat(target).isEmptyDirectory();
    }
  }

  @Test
  void anotherVolumesFileIsRefused() throws Exception {
    Path target = Files.createDirectories(folder.resolve("other"));
    assertThatThrownBy(() -> volume("default/orders/volume-other", KEY, target).open())
        .isInstanceOf(MalformedEvidenceException.class);
  }

  @Test
  void anotherKeyIsRefused() throws Exception {
    Path target = Files.createDirectories(folder.resolve("other"));
    assertThatThrownBy(() -> volume("default/orders/volume-store", (byte) 2, target).open())
        .isInstanceOf(MalformedEvidenceException.class);
  }

  @Test
  void onlyChangesAreWritten() throws Exception {
    Path content = folder.resolve("content");
    SealedVolume volume = volume("default/orders/volume-store", KEY, content);
    volume.seal();
    byte[] first = Files.readAllBytes(file);
    volume.seal();
    assertThat(Files.readAllBytes(file)).isEqualTo(first);
    Files.writeString(content.resolve("a/b/order"), "lamp");
    Files.setLastModifiedTime(content.resolve("a/b/order"), FileTime.fromMillis(1));
    volume.seal();
    assertThat(Files.readAllBytes(file)).isNotEqualTo(first);
  }

  private SealedVolume volume(String name, byte key, Path content) {
    byte[] bytes = new byte[32];
    bytes[0] = key;
    return new SealedVolume(name, SecretBytes.owning(bytes), file, content, new SecureRandom());
  }
}
