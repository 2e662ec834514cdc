// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CpioArchiveTest {
  @Test
  void writesNewcEntries() {
    byte[] archive =
        new CpioArchive()
            .folder("bin")
            .file("bin/a", true, new byte[] {1, 2, 3})
            .link("bin/b", "a")
            .finish();
    String text = new String(archive, StandardCharsets.ISO_8859_1);
    assertThat(archive.length % 512).isZero();
    // magic, inode, mode, uid, gid, links, mtime, size, 4 devices, name size, checksum, name
    assertThat(text)
        .startsWith(
            "070701"
                + "00000001"
                + "000041ed"
                + "0".repeat(16)
                + "00000002"
                + "0".repeat(48)
                + "00000004"
                + "0".repeat(8)
                + "bin\0");
    int file = text.indexOf("070701", 6);
    assertThat(file % 4).isZero();
    assertThat(text.substring(file + 14, file + 22)).isEqualTo("000081ed");
    assertThat(text.substring(file + 54, file + 62)).isEqualTo("00000003");
    assertThat(text.substring(file + 110)).startsWith("bin/a\0\1\2\3\0" + "070701");
    int link = text.indexOf("070701", file + 6);
    assertThat(text.substring(link + 14, link + 22)).isEqualTo("0000a1ff");
    assertThat(text).contains("TRAILER!!!");
  }
}
