// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerityTreeTest {
  @TempDir private Path folder;

  /** Root hash and SHA-256 of the tree as veritysetup 2.6 wrote them for the same data. */
  @ParameterizedTest
  @CsvSource({
    "2, e7d6384393e730eee183abc38734db85d0322c1690536820b044794502adf1ad, e7d6384393e730eee183abc38734db85d0322c1690536820b044794502adf1ad",
    "130, a0cc0394da081bd442cb09de8d2a5680568817a5f098513afbeff62496546fc5, afb3f37471957ace7567b8248dbf9d19f9a63a80c023455a684eca49d73a62a8"
  })
  void isTheTreeThatVeritysetupWrites(int blocks, String root, String tree) throws IOException {
    VerityTree made = VerityTree.write(data(blocks), folder.resolve("tree"));
    assertThat(made.dataBlocks()).isEqualTo(blocks);
    assertThat(Hex.encode(made.rootHash())).isEqualTo(root);
    assertThat(Hex.encode(Digests.sha256(Files.readAllBytes(folder.resolve("tree")))))
        .isEqualTo(tree);
  }

  @Test
  void refusesAPartOfABlockAndASingleBlock() throws IOException {
    Path data = Files.write(folder.resolve("data"), new byte[5000]);
    assertThatIOException().isThrownBy(() -> VerityTree.write(data, folder.resolve("tree")));
    Path single = Files.write(folder.resolve("single"), new byte[VerityTree.BLOCK]);
    assertThatIOException().isThrownBy(() -> VerityTree.write(single, folder.resolve("tree")));
  }

  private Path data(int blocks) throws IOException {
    byte[] data = new byte[blocks * VerityTree.BLOCK];
    for (int i = 0; i < blocks; i++) {
      Arrays.fill(data, i * VerityTree.BLOCK, (i + 1) * VerityTree.BLOCK, (byte) (i * 7 + 1));
    }
    return Files.write(folder.resolve("data"), data);
  }
}
