// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.der;

import static org.assertj.core.api.Assertions.assertThat;

import org.cofferdam.core.bytes.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DerWriterTest {
  @ParameterizedTest
  @CsvSource({
    "2.5.4.3, 0603550403",
    "1.2.840.10045.4.3.2, 06082a8648ce3d040302",
    "2.23.133.5.4.9, 0606678105050409",
    "1.3.6.1.4.1.128, 06072b060104018100"
  })
  void objectIdentifiersHaveBase128Arcs(String dotted, String hex) {
    assertThat(Hex.encode(DerWriter.oid(dotted))).isEqualTo(hex.replace(" ", ""));
  }

  @ParameterizedTest
  @CsvSource({"127, 047f", "128, 048180", "255, 0481ff", "256, 04820100", "65536, 0483010000"})
  void lengthsAreShort(int length, String head) {
    assertThat(Hex.encode(DerWriter.octets(new byte[length]))).startsWith(head);
    assertThat(DerWriter.octets(new byte[length])).hasSize(length + head.length() / 2);
  }

  @Test
  void bitStringsHaveNoUnusedBits() {
    assertThat(Hex.encode(DerWriter.bits(new byte[] {5}))).isEqualTo("03020005");
  }
}
