// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.junit.jupiter.api.Test;

class PeiStateTest {
  private static final byte[] FILE = file();

  private static byte[] file() {
    byte[] file = new byte[1024];
    Arrays.fill(file, 0, 512, (byte) 0x90);
    return file;
  }

  private static byte[] memory(int at, int... values) {
    byte[] memory = FILE.clone();
    for (int i = 0; i < values.length; i++) {
      memory[at + i] = (byte) values[i];
    }
    return memory;
  }

  @Test
  void turnsTheFileIntoWhatWasInMemory() {
    byte[] memory = memory(600, 1, 2, 0, 3);
    PeiState state = PeiState.between(FILE, memory);
    assertThat(state.writes()).extracting(PeiState.Write::offset).containsExactly(600, 603);
    assertThat(state.applyTo(FILE)).isEqualTo(memory);
    assertThat(FILE).isEqualTo(file());
  }

  @Test
  void survivesJson() {
    byte[] memory = memory(1020, 9, 8, 7, 6);
    PeiState state = PeiState.fromJson(PeiState.between(FILE, memory).toJson());
    assertThat(state.applyTo(FILE)).isEqualTo(memory);
  }

  @Test
  void refusesChangedCode() {
    assertThatExceptionOfType(MalformedEvidenceException.class)
        .isThrownBy(() -> PeiState.between(FILE, memory(100, 1)))
        .withMessageContaining("holds no variable");
  }

  @Test
  void refusesMoreThanAFewVariables() {
    byte[] memory = FILE.clone();
    Arrays.fill(memory, 600, 600 + PeiState.MOST_BYTES + 1, (byte) 1);
    assertThatExceptionOfType(MalformedEvidenceException.class)
        .isThrownBy(() -> PeiState.between(FILE, memory))
        .withMessageContaining("differs in");
  }

  @Test
  void refusesAnotherLength() {
    assertThatExceptionOfType(MalformedEvidenceException.class)
        .isThrownBy(() -> PeiState.between(FILE, new byte[1]))
        .withMessageContaining("length");
  }

  @Test
  void refusesToWriteOutsideOfTheVolume() {
    PeiState state = PeiState.between(FILE, memory(1020, 1, 1, 1, 1));
    assertThatExceptionOfType(MalformedEvidenceException.class)
        .isThrownBy(() -> state.applyTo(new byte[1022]))
        .withMessageContaining("outside");
  }
}
