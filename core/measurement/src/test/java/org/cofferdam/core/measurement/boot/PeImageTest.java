// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.junit.jupiter.api.Test;

class PeImageTest {
  private static final byte[] IMAGE = TestKernel.bytes();
  private static final byte[] HASH = PeImage.authenticodeSha256(IMAGE);

  @Test
  void leavesChecksumOut() {
    for (int i = 0; i < 4; i++) {
      assertThat(changed(TestKernel.CHECKSUM + i)).isEqualTo(HASH);
    }
  }

  @Test
  void coversWhatStandsBesideTheChecksumAndTheCertificateEntry() {
    for (int at :
        new int[] {
          TestKernel.CHECKSUM - 5,
          TestKernel.CHECKSUM + 4,
          TestKernel.CERTIFICATE_ENTRY - 1,
          TestKernel.CERTIFICATE_ENTRY + 8,
          TestKernel.HEADERS,
          IMAGE.length - 1
        }) {
      assertThat(changed(at)).as("offset %#x", at).isNotEqualTo(HASH);
    }
  }

  @Test
  void leavesCertificatesOut() {
    byte[] signed = Arrays.copyOf(IMAGE, IMAGE.length + 16);
    signed[TestKernel.CERTIFICATE_ENTRY + 4] = 16;
    assertThat(PeImage.authenticodeSha256(signed)).isEqualTo(HASH);
  }

  @Test
  void coversDataAfterTheSections() {
    assertThat(PeImage.authenticodeSha256(Arrays.copyOf(IMAGE, IMAGE.length + 16)))
        .isNotEqualTo(HASH);
  }

  @Test
  void refusesEveryCutWithinHeadersAndSections() {
    for (int length = 0; length < IMAGE.length; length++) {
      byte[] cut = Arrays.copyOf(IMAGE, length);
      assertThatExceptionOfType(MalformedEvidenceException.class)
          .as("%d bytes", length)
          .isThrownBy(() -> PeImage.authenticodeSha256(cut));
    }
  }

  @Test
  void refusesCertificatesLargerThanWhatFollows() {
    byte[] image = IMAGE.clone();
    image[TestKernel.CERTIFICATE_ENTRY + 4] = 1;
    assertThatExceptionOfType(MalformedEvidenceException.class)
        .isThrownBy(() -> PeImage.authenticodeSha256(image))
        .withMessageContaining("certificate table size");
  }

  private static byte[] changed(int at) {
    byte[] image = IMAGE.clone();
    image[at] ^= 0x40;
    return PeImage.authenticodeSha256(image);
  }
}
