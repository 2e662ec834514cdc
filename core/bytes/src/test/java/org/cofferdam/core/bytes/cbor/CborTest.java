// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborTest {
  private static Cbor parse(String hex) {
    return Cbor.parse("test", Bytes.ofHex(hex));
  }

  /** From the table of RFC 8949, appendix A. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "00 | 0",
        "1903e8 | 1000",
        "1bffffffffffffffff | 18446744073709551615",
        "3bffffffffffffffff | -18446744073709551616",
        "3903e7 | -1000",
        "f97bff | \"65504.0\"",
        "fb3ff199999999999a | \"1.1\"",
        "f4 | false",
        "f6 | null",
        "f8ff | \"simple(255)\"",
        "c11a514b67b0 | {\"tag\":1,\"content\":1363896240}",
        "4401020304 | \"01020304\"",
        "62c3bc | \"ü\"",
        "98190102030405060708090a0b0c0d0e0f101112131415161718181819"
            + " | [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25]",
        "bf61610161629f0203ffff | {\"a\":1,\"b\":[2,3]}",
        "5f42010243030405ff | \"0102030405\"",
        "7f657374726561646d696e67ff | \"streaming\"",
        "a201020304 | {\"#1\":2,\"#3\":4}",
      })
  void readsWhatTheSpecificationShows(String hex, String json) {
    assertThat(parse(hex).toJson().write()).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "0000", // bytes after the item
        "18", // argument missing
        "1c", // reserved additional information
        "1f", // indefinite integer
        "ff", // a break alone
        "f814", // simple value below 32 in two bytes
        "fc", // reserved simple value
        "5f01ff", // a chunk that is no string
        "5f5f4100ffff", // nested indefinite chunks
        "7f4100ff", // byte chunk in a text
        "61ff", // not UTF-8
        "7f61c361bcff", // a character cut by chunks
        "a201000100", // the same key twice
        "a20100180100", // the same key twice, in two encodings
        "a161", // map ends early
        "bf01ff", // key without a value
        "9bffffffffffffffff", // an array longer than memory
        "5b7fffffffffffffff", // a string longer than the input
        "5affffffff00",
      })
  void refusesEverythingElse(String hex) {
    assertThatThrownBy(() -> parse(hex)).isInstanceOf(MalformedEvidenceException.class);
  }

  @Test
  void limitsNesting() {
    assertThat(parse("81".repeat(32) + "00")).isInstanceOf(Cbor.Arr.class);
    assertThatThrownBy(() -> parse("81".repeat(33) + "00"))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining("nesting");
    assertThatThrownBy(() -> parse("c1".repeat(100_000)))
        .isInstanceOf(MalformedEvidenceException.class);
  }

  @Test
  void encodingDoesNotMatterForEquality() {
    assertThat(parse("1b0000000000000001")).isEqualTo(parse("01"));
    assertThat(parse("5f4101ff")).isEqualTo(parse("4101"));
  }

  @Test
  void randomBytesNeverThrowAnythingElse() {
    Random random = new Random(8949);
    int wellFormed = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[random.nextInt(24)];
      random.nextBytes(bytes);
      try {
        Cbor.parse("test", Bytes.of(bytes)).toJson();
        wellFormed++;
      } catch (MalformedEvidenceException e) {
        assertThat(e.format()).isEqualTo("test");
      }
    }
    assertThat(wellFormed).isPositive();
  }
}
