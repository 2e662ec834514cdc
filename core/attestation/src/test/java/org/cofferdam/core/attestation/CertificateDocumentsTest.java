// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferdam.core.attestation.Minted.FROM;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestAmd;
import org.junit.jupiter.api.Test;

class CertificateDocumentsTest {
  private static final int HEAD = 2 * 24;
  private static final byte[] TABLE =
      new TestAmd(
              TestAmd.Keys.generate(), new TestAmd.Machine("Genoa", 5, false), FROM, Hook.none())
          .certificateTable();

  /** A table whose only entry is this. */
  private static byte[] tableOf(byte[] entry) {
    return ByteBuffer.allocate(HEAD + entry.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(1)
        .putLong(1)
        .putInt(HEAD)
        .putInt(entry.length)
        .position(HEAD)
        .put(entry)
        .array();
  }

  @Test
  void aTableHoldsCertificates() {
    assertThat(CertificateDocuments.certificates(Bytes.of(TABLE))).hasSize(3);
  }

  @Test
  void aTableInsideATableIsNotLookedInto() {
    assertThat(CertificateDocuments.certificates(Bytes.of(tableOf(TABLE)))).isEmpty();
  }
}
