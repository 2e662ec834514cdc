// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.junit.jupiter.api.Test;

class QemuKernelTest {
  private static final int INITRD = 7_791_104;

  @Test
  void fillsTheLoadersFields() {
    ByteBuffer kernel = load(INITRD, 1024);
    assertThat(kernel.get(0x210)).isEqualTo((byte) 0xb0);
    assertThat(kernel.get(0x211)).isEqualTo((byte) 0x80);
    assertThat(kernel.getShort(0x224)).isEqualTo((short) 0xfe00);
    assertThat(kernel.getInt(0x228)).isEqualTo(0x20000);
    assertThat(kernel.getInt(0x21c)).isEqualTo(INITRD);
  }

  @Test
  void putsTheInitrdBelowTheEndOfLowMemory() {
    assertThat(load(INITRD, 1024).getInt(0x218))
        .isEqualTo((0x40000000 - 0x28000 - 1 - INITRD) & ~0xfff);
    assertThat(load(INITRD, 4096).getInt(0x218))
        .isEqualTo((int) ((0x80000000L - 0x28000 - 1 - INITRD) & ~0xfff));
  }

  @Test
  void leavesTheInitrdFieldsAloneWithoutOne() {
    assertThat(load(0, 1024).getLong(0x218)).isZero();
  }

  @Test
  void refusesWhatIsNoKernel() {
    byte[] kernel = TestKernel.bytes();
    kernel[0x202]++;
    assertThatExceptionOfType(MalformedEvidenceException.class)
        .isThrownBy(() -> QemuKernel.asLoaded(kernel, 0, 1024));
    assertThatExceptionOfType(MalformedEvidenceException.class)
        .isThrownBy(() -> QemuKernel.asLoaded(new byte[0x260], 0, 1024));
  }

  private static ByteBuffer load(int initrd, int memory) {
    byte[] kernel = QemuKernel.asLoaded(TestKernel.bytes(), initrd, memory);
    return ByteBuffer.wrap(kernel).order(ByteOrder.LITTLE_ENDIAN);
  }
}
