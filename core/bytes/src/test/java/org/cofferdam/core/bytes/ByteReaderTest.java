// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class ByteReaderTest {
  private static final byte[] INPUT = Hex.decode("0102030405060708fffefdfcfbfaf9f8");

  @Test
  void readsBothByteOrders() {
    ByteReader reader = ByteReader.of("test", INPUT);
    assertThat(reader.u16le("a")).isEqualTo(0x0201);
    assertThat(reader.u16be("b")).isEqualTo(0x0304);
    assertThat(reader.u32be("c")).isEqualTo(0x05060708);
    assertThat(reader.u64be("d")).isEqualTo(0xfffefdfcfbfaf9f8L);
    reader.end("e");
    ByteReader again = ByteReader.of("test", INPUT);
    assertThat(again.u64le("a")).isEqualTo(0x0807060504030201L);
    assertThat(again.u32le("b")).isEqualTo(0xfcfdfeffL);
    assertThat(again.u8("c")).isEqualTo(0xfb);
  }

  @Test
  void endingEarlyNamesFormatFieldAndOffset() {
    ByteReader reader = ByteReader.of("FORM", INPUT);
    reader.skip("head", 14);
    assertThatExceptionOfType(MalformedEvidenceException.class)
        .isThrownBy(() -> reader.u32le("tail"))
        .satisfies(
            e -> {
              assertThat(e.format()).isEqualTo("FORM");
              assertThat(e.field()).isEqualTo("tail");
              assertThat(e.offset()).isEqualTo(14);
            });
  }

  @Test
  void lengthsBeyondTheInputAreRefusedBeforeTheyAreAllocated() {
    for (long length : new long[] {17, Integer.MAX_VALUE, 0xffffffffL, Long.MAX_VALUE, -1}) {
      assertThatExceptionOfType(MalformedEvidenceException.class)
          .isThrownBy(() -> ByteReader.of("test", INPUT).bytes("field", length));
    }
  }

  @Test
  void aSliceEndsWhereItWasTold() {
    ByteReader reader = ByteReader.of("test", INPUT);
    reader.skip("head", 2);
    ByteReader slice = reader.slice("part", 2);
    assertThat(slice.u8("x")).isEqualTo(3);
    assertThat(slice.position()).isEqualTo(3);
    assertThatExceptionOfType(MalformedEvidenceException.class).isThrownBy(() -> slice.u16be("y"));
    assertThatExceptionOfType(MalformedEvidenceException.class).isThrownBy(() -> slice.end("z"));
    assertThat(reader.u8("after")).isEqualTo(5);
  }
}
