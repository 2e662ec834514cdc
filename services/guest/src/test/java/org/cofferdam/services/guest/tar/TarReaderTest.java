// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarReaderTest {
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

  @Test
  void readsNamesModesOwnersAndContent() throws IOException {
    TarReader tar = reader(new TarWriter().member("a/b", '0', "", 04755, 1000, HELLO).bytes());
    TarEntry entry = tar.next().orElseThrow();
    assertThat(entry).isEqualTo(new TarEntry("a/b", TarType.FILE, "", 04755, 1000, 1000, 5, 0));
    assertThat(content(tar)).isEqualTo(HELLO);
    assertThat(tar.next()).isEmpty();
  }

  @Test
  void passesOverContentThatNobodyCopied() throws IOException {
    TarReader tar = reader(new TarWriter().file("a", HELLO).folder("b").bytes());
    tar.next();
    assertThat(tar.next().orElseThrow().name()).isEqualTo("b");
  }

  @Test
  void takesNameLinkSizeAndOwnersFromAnExtendedHeader() throws IOException {
    String name = "n".repeat(300);
    byte[] archive =
        new TarWriter().pax("path=" + name, "uid=2000000", "mtime=1.5").file("x", HELLO).bytes();
    TarEntry entry = reader(archive).next().orElseThrow();
    assertThat(entry.name()).isEqualTo(name);
    assertThat(entry.uid()).isEqualTo(2000000);
    assertThat(entry.size()).isEqualTo(5);
  }

  @Test
  void extendedHeaderCountsForOneMemberOnly() throws IOException {
    TarReader tar =
        reader(new TarWriter().pax("path=long").file("x", HELLO).file("y", HELLO).bytes());
    tar.next();
    assertThat(tar.next().orElseThrow().name()).isEqualTo("y");
  }

  @Test
  void readsLongNamesOfGnu() throws IOException {
    String name = "g".repeat(200);
    byte[] text = (name + "\0").getBytes(StandardCharsets.UTF_8);
    byte[] archive =
        new TarWriter().member("././@LongLink", 'L', "", 0, 0, text).file("x", HELLO).bytes();
    assertThat(reader(archive).next().orElseThrow().name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ustar", "gnu", "posix"})
  void readsWhatTarWrites(String format, @TempDir Path folder) throws Exception {
    Path tree = Files.createDirectories(folder.resolve("tree/" + "d".repeat(90) + "/sub"));
    Files.write(tree.resolve("f".repeat(60)), HELLO);
    Files.createSymbolicLink(tree.resolve("link"), Path.of("t".repeat(80)));
    Path archive = folder.resolve("a.tar");
    Process process =
        new ProcessBuilder(
                "tar", "--format=" + format, "-C", folder + "/tree", "-cf", archive.toString(), ".")
            .inheritIO()
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    TarReader tar = reader(Files.readAllBytes(archive));
    TreeMap<String, TarType> found = new TreeMap<>();
    for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
      found.put(next.get().name(), next.get().type());
    }
    String sub = "./" + "d".repeat(90) + "/sub/";
    assertThat(found)
        .containsEntry("./", TarType.DIRECTORY)
        .containsEntry(sub, TarType.DIRECTORY)
        .containsEntry(sub + "f".repeat(60), TarType.FILE)
        .containsEntry(sub + "link", TarType.SYMBOLIC_LINK)
        .hasSize(5);
  }

  @Test
  void refusesAWrongChecksum() {
    byte[] archive = new TarWriter().file("a", HELLO).bytes();
    archive[0] = 'b';
    malformed(archive, "chksum");
  }

  @Test
  void refusesAnEarlyEnd() {
    byte[] archive = new TarWriter().file("a", HELLO).bytes();
    malformed(Arrays.copyOf(archive, 515), "content");
    malformed(Arrays.copyOf(archive, 1024), "header");
  }

  @Test
  void refusesMoreThanTheLimit() {
    byte[] archive = new TarWriter().file("a", new byte[4096]).bytes();
    assertThatThrownBy(
            () -> {
              TarReader tar = new TarReader(new ByteArrayInputStream(archive), 2048);
              tar.next();
              tar.next();
            })
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining("beyond");
  }

  @Test
  void refusesContentWhereThereIsNone() {
    malformed(new TarWriter().member("a", '2', "t", 0777, 0, HELLO).bytes(), "size");
  }

  @Test
  void refusesSparseFilesAndUnknownMembers() {
    malformed(new TarWriter().pax("GNU.sparse.major=1").file("x", HELLO).bytes(), "GNU.sparse");
    malformed(new TarWriter().member("a", 'S', "", 0, 0, HELLO).bytes(), "typeflag");
  }

  @Test
  void refusesAnExtendedHeaderWithWrongLengths() {
    for (String text : new String[] {"99 path=a\n", "9path=a\n", "0 \n", "10 path=ab", "x"}) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      malformed(
          new TarWriter().member("p", 'x', "", 0, 0, bytes).file("x", HELLO).bytes(), "record");
    }
  }

  /** Any change of bytes is read as another archive or refused, never a different exception. */
  @Test
  void changedBytesGiveAnArchiveOrARefusal() throws IOException {
    byte[] good =
        new TarWriter().pax("path=abc", "size=5").file("x", HELLO).symbolicLink("l", "t").bytes();
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        TarReader tar = reader(bad);
        while (tar.next().isPresent()) {
          tar.copy(new ByteArrayOutputStream());
        }
      } catch (MalformedEvidenceException e) {
        assertThat(e.format()).startsWith("tar");
      }
    }
  }

  private static void malformed(byte[] archive, String field) {
    assertThatThrownBy(
            () -> {
              TarReader tar = reader(archive);
              while (tar.next().isPresent()) {
                tar.copy(new ByteArrayOutputStream());
              }
            })
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining(field);
  }

  private static TarReader reader(byte[] archive) {
    return new TarReader(new ByteArrayInputStream(archive), Long.MAX_VALUE);
  }

  private static byte[] content(TarReader tar) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    tar.copy(out);
    return out.toByteArray();
  }
}
