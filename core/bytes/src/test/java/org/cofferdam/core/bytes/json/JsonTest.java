// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\":1,\"a\":2}",
        "{a:1}",
        "01",
        "+1",
        "1.",
        ".5",
        "1e",
        "-",
        "NaN",
        "tru",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\ud800\"",
        "\"tab\there\"",
        "1 2",
        "\ufeff1",
        "'a'"
      })
  void refusesWhatIsNotStrictJson(String text) {
    assertThatExceptionOfType(MalformedEvidenceException.class)
        .isThrownBy(() -> Json.parse(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    assertThatExceptionOfType(MalformedEvidenceException.class)
        .isThrownBy(() -> Json.parse(new byte[] {'"', (byte) 0xc3, '"'}))
        .withMessageContaining("UTF-8");
  }

  @Test
  void nestingIsLimited() {
    String deepest = "[".repeat(JsonParser.MAX_DEPTH + 1) + "]".repeat(JsonParser.MAX_DEPTH + 1);
    assertThat(JsonParser.parse(deepest)).isNotNull();
    assertThatExceptionOfType(MalformedEvidenceException.class)
        .isThrownBy(() -> JsonParser.parse("[".repeat(100_000)))
        .withMessageContaining("deeper");
  }

  @Test
  void keepsOrderAndTheTextOfNumbers() {
    String text = "{\"b\":1.50,\"a\":[true,false,null,\"x\"],\"c\":1E400}";
    assertThat(JsonParser.parse(text).write()).isEqualTo(text);
  }

  // The numbers of RFC 8785, appendix B, and the borders of its notation.
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "5e-324, 5e-324",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "9007199254740992, 9007199254740992",
    "295147905179352830000, 295147905179352830000",
    "1e21, 1e+21",
    "999999999999999900000, 999999999999999900000",
    "0.000001, 0.000001",
    "0.0000001, 1e-7",
    "333333333.3333332, 333333333.3333332",
    "-3.50, -3.5",
    "100, 100"
  })
  void canonicalNumbers(String written, String canonical) {
    assertThat(canonical(written)).isEqualTo(canonical);
  }

  @Test
  void canonicalSortsByCodeUnitsAndEscapesLittle() {
    // U+10000 is written with surrogates (d800), which sort before U+FB33.
    assertThat(canonical("{\"\ufb33\":1,\"\ud800\udc00\":2,\"a\":\"\\u20ac\\/\\n\\u001f\"}"))
        .isEqualTo("{\"a\":\"€/\\n\\u001f\",\"\ud800\udc00\":2,\"\ufb33\":1}");
  }

  @Test
  void numbersWithoutACanonicalFormAreRefused() {
    assertThatExceptionOfType(MalformedEvidenceException.class)
        .isThrownBy(() -> canonical("1e999"));
  }

  @Test
  void writtenTreesAreReadBackEqual() {
    Random random = new Random(8259);
    for (int i = 0; i < 2_000; i++) {
      Json tree = tree(random, 4);
      assertThat(JsonParser.parse(tree.write())).isEqualTo(tree);
      assertThat(JsonParser.parse(tree.pretty())).isEqualTo(tree);
      byte[] canonical = tree.canonical();
      assertThat(Json.parse(canonical).canonical()).isEqualTo(canonical);
    }
  }

  @Test
  void damagedDocumentsGiveATreeOrTheDeclaredError() {
    Random random = new Random(1);
    byte[] good =
        "{\"a\":[1,2.5e3,\"\\u00e9\\n\"],\"b\":{\"c\":null,\"d\":true}}"
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 50_000; i++) {
      byte[] damaged = good.clone();
      for (int n = random.nextInt(3); n >= 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(Json.parse(damaged)).isNotNull();
      } catch (MalformedEvidenceException e) {
        assertThat(e.format()).isEqualTo("JSON");
      }
    }
  }

  @Test
  void typedAccessNamesTheMember() {
    Json.Obj o = JsonParser.parse("{\"n\":1.5,\"s\":\"x\"}").asObject("document");
    assertThatExceptionOfType(MalformedEvidenceException.class)
        .isThrownBy(() -> o.integer("n"))
        .withMessageContaining("n: is not an integer");
    assertThatExceptionOfType(MalformedEvidenceException.class)
        .isThrownBy(() -> o.string("absent"))
        .withMessageContaining("absent: is missing");
    assertThatExceptionOfType(MalformedEvidenceException.class)
        .isThrownBy(() -> o.only("n"))
        .withMessageContaining("s: is not a member");
  }

  private static String canonical(String text) {
    return new String(JsonParser.parse(text).canonical(), StandardCharsets.UTF_8);
  }

  private static Json tree(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> Json.of(random.nextLong() >> random.nextInt(64));
      case 1 -> Json.of(random.nextBoolean());
      case 2 -> Json.Null.NULL;
      case 3 -> Json.of(text(random));
      case 4 -> {
        Json.Builder object = Json.object();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.put(i + text(random), tree(random, depth - 1));
        }
        yield object.build();
      }
      default ->
          Json.array(
              java.util.stream.IntStream.range(0, random.nextInt(4))
                  .mapToObj(i -> tree(random, depth - 1))
                  .toList());
    };
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(6), 0, Character.MAX_CODE_POINT + 1)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
