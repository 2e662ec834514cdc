// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.junit.jupiter.api.Test;

class OvmfTest {
  @Test
  void findsBothVolumes() {
    OvmfCode code = OvmfCode.parse(TestFirmware.code(0x22));
    assertThat(code.pei()).hasSize(TestFirmware.PEI_SIZE).startsWith(0x11, 0x11);
    assertThat(code.dxe()).hasSize(512).containsOnly(0x22);
  }

  @Test
  void refusesAFileWithoutPackedVolumes() {
    refused(new byte[4096], "LZMA section");
  }

  @Test
  void refusesOneVolume() {
    refused(TestFirmware.code(TestFirmware.section(0x17, new byte[64])), "fewer than two");
  }

  @Test
  void refusesThreeVolumes() {
    byte[] volume = TestFirmware.section(0x17, new byte[64]);
    refused(TestFirmware.code(volume, volume, volume), "more than two");
  }

  @Test
  void refusesASectionOfAnotherType() {
    refused(TestFirmware.code(TestFirmware.section(0x10, new byte[64])), "neither a volume");
  }

  @Test
  void refusesASectionSmallerThanItsHeader() {
    refused(TestFirmware.code(new byte[8]), "smaller than its header");
  }

  @Test
  void seesAnEnrolledPlatformKey() {
    assertThat(OvmfVariables.parse(TestFirmware.variables()).platformKeyEnrolled()).isFalse();
    assertThat(OvmfVariables.parse(TestFirmware.variables("BootOrder")).platformKeyEnrolled())
        .isFalse();
    assertThat(OvmfVariables.parse(TestFirmware.variables("Lang", "PK")).platformKeyEnrolled())
        .isTrue();
  }

  @Test
  void doesNotCountADeletedPlatformKey() {
    byte[] file = TestFirmware.variables("PK");
    file[0x48 + 28 + 2] = 0x3c;
    assertThat(OvmfVariables.parse(file).platformKeyEnrolled()).isFalse();
  }

  @Test
  void refusesAVariablesFileWithoutItsMarks() {
    for (int mark : new int[] {40, 0x48}) {
      byte[] file = TestFirmware.variables();
      file[mark]++;
      assertThatExceptionOfType(MalformedEvidenceException.class)
          .isThrownBy(() -> OvmfVariables.parse(file));
    }
  }

  @Test
  void refusesAVariableThatLeavesTheStore() {
    byte[] file = TestFirmware.variables("PK");
    Arrays.fill(file, 0x48 + 28 + 40, 0x48 + 28 + 43, (byte) 0xff);
    assertThatExceptionOfType(MalformedEvidenceException.class)
        .isThrownBy(() -> OvmfVariables.parse(file));
  }

  private static void refused(byte[] file, String message) {
    assertThatExceptionOfType(MalformedEvidenceException.class)
        .isThrownBy(() -> OvmfCode.parse(file))
        .withMessageContaining(message);
  }
}
