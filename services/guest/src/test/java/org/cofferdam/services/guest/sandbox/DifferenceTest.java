// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.cofferdam.core.bytes.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTest {
  private static final String ALLOWED = "{\"name\":\"o\",\"c\":[{\"args\":[\"a\"],\"env\":[]}]}";

  @Test
  void equalDocumentsHaveNone() {
    assertThat(Difference.of(json(ALLOWED), json(ALLOWED))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[\"a\"] | [\"a\",\"b\"] | c/0/args: expected [\"a\"], found [\"a\",\"b\"]",
        "\"o\" | \"p\" | name: expected \"o\", found \"p\"",
        "\"env\":[] | \"env\":[],\"x\":1 | c/0/x: expected nothing, found 1",
        "\"env\":[] | \"env\":[],\"x\":null | c/0/x: expected nothing, found null",
        ",\"env\":[] | `` | c/0/env: expected [], found nothing",
        "[{ | [{},{ | c: expected"
      })
  void thePlaceIsNamed(String part, String other, String said) {
    assertThat(Difference.of(json(ALLOWED), json(ALLOWED.replace(part, other))).orElseThrow())
        .startsWith(said);
  }

  @Test
  void filesAreNamed() {
    Json allowed = json("[{\"path\":\"/a\",\"sha256\":\"00\",\"size\":1}]");
    assertThat(Difference.ofFiles(allowed, Map.of("/a", "00"))).isEmpty();
    assertThat(Difference.ofFiles(allowed, Map.of("/a", "01")))
        .contains("/a: expected sha256:00, found sha256:01");
    assertThat(Difference.ofFiles(allowed, Map.of()))
        .contains("/a: expected sha256:00, found no such file");
    assertThat(Difference.ofFiles(allowed, Map.of("/a", "00", "/b", "00")))
        .contains("/b: expected no such file, found it");
  }

  private static Json json(String text) {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
