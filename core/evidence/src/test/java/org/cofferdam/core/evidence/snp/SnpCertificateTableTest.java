// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.snp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.junit.jupiter.api.Test;

class SnpCertificateTableTest {
  private static final int HEAD = 3 * 24;

  /** A table of two entries over 10 bytes of data. */
  private static Bytes table(int offset, int length, int otherOffset, int otherLength) {
    return Bytes.of(
        ByteBuffer.allocate(HEAD + 10)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(1)
            .putLong(1)
            .putInt(offset)
            .putInt(length)
            .putLong(2)
            .putLong(2)
            .putInt(otherOffset)
            .putInt(otherLength)
            .array());
  }

  @Test
  void entriesMayFillAllThatIsThere() {
    assertThat(SnpCertificateTable.parse(table(HEAD, 6, HEAD + 6, 4)).entries())
        .extracting(entry -> entry.data().length())
        .containsExactly(6, 4);
  }

  @Test
  void entriesThatTogetherAreLongerThanTheTableAreRefused() {
    assertThatThrownBy(() -> SnpCertificateTable.parse(table(HEAD, 6, HEAD + 5, 5)))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining("length");
  }
}
