// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "500m, 1, 500",
    "2, 2, 2000",
    "0.1, 1, 100",
    "64Mi, 67108864, 67108864000",
    "1e3, 1000, 1000000",
    "1.5Gi, 1610612736, 1610612736000",
    "100k, 100000, 100000000",
    "1n, 1, 1"
  })
  void amounts(String text, long units, long millis) {
    Quantity quantity = Quantity.parse(text).orElseThrow();
    assertThat(quantity.units()).contains(units);
    assertThat(quantity.millis()).contains(millis);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1KiB", "1 Mi", "--1", "1e", ".", "1e999"})
  void otherTextsAreNone(String text) {
    assertThat(Quantity.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999999999999", "100Ei"})
  void moreThan64BitsIsNoNumber(String text) {
    assertThat(Quantity.parse(text).orElseThrow().units()).isEmpty();
  }
}
