// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class YamlReaderTest {
  private final List<Problem> problems = new ArrayList<>();

  @Test
  void everyValueKnowsItsLinePointerAndText() {
    String text = "# comment\na:\n  - b: 'quoted' # more\n    c/d: |\n      block\ne: 0400\n";
    Document document = one(text);
    Node b = document.root().items("a").getFirst();
    Node quoted = ((Node.Mapping) b).get("b").orElseThrow();
    assertThat(quoted.place()).isEqualTo(new Place("f", 3, "/a/0/b"));
    assertThat(text.substring(quoted.span().start(), quoted.span().end())).isEqualTo("'quoted'");
    assertThat(((Node.Mapping) b).get("c/d").orElseThrow().place().pointer())
        .isEqualTo("/a/0/c~1d");
    Node.Scalar octal = (Node.Scalar) document.root().get("e").orElseThrow();
    assertThat(octal.integer()).hasValueSatisfying(v -> assertThat(v.intValue()).isEqualTo(256));
  }

  @Test
  void spansCountCharactersOutsideTheBasicPlaneTwiceAsJavaDoes() {
    String text = "a: \"😀\"\nb: x\n";
    Node b = one(text).root().get("b").orElseThrow();
    assertThat(text.substring(b.span().start(), b.span().end())).isEqualTo("x");
  }

  @Test
  void aBrokenDocumentDoesNotTakeTheOthersAlong() {
    List<Document> documents = read("a: 1\n---\nb: [1\n---\nc: 3\n");
    assertThat(documents)
        .extracting(d -> d.root().members().keySet().iterator().next())
        .containsExactly("a", "c");
    assertThat(problems).singleElement().satisfies(p -> assertThat(p.line()).isBetween(3, 5));
  }

  @Test
  void linesOfLaterDocumentsCountFromTheStartOfTheFile() {
    List<Document> documents = read("a: 1\n---\n# comment\nb: 2\n");
    assertThat(documents.get(1).root().get("b").orElseThrow().place().line()).isEqualTo(4);
  }

  @Test
  void aKeyGivenTwiceIsAProblem() {
    assertThat(read("a: 1\nb: 2\na: 3\n")).isEmpty();
    assertThat(problems).singleElement().satisfies(p -> assertThat(p.line()).isEqualTo(3));
  }

  @Test
  void aliasesAreFollowedAndMergeKeysMerged() {
    Document document = one("x: &x {a: 1, b: 2}\ny: *x\nz:\n  <<: *x\n  a: 9\n");
    assertThat(document.root().toJson().write())
        .isEqualTo("{\"x\":{\"a\":1,\"b\":2},\"y\":{\"a\":1,\"b\":2},\"z\":{\"a\":9,\"b\":2}}");
  }

  @Test
  void anAliasBombIsAProblem() {
    StringBuilder text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      text.append("a").append(i).append(": &a").append(i).append(" [");
      text.append(("*a" + (i - 1) + ",").repeat(9)).append("*a").append(i - 1).append("]\n");
    }
    assertThat(read(text.toString())).isEmpty();
    assertThat(problems).singleElement().satisfies(p -> assertThat(p.message()).contains("values"));
  }

  @Test
  void anAliasIntoItselfIsAProblem() {
    assertThat(read("a: &a [*a]\n")).isEmpty();
    assertThat(problems).hasSize(1);
  }

  @Test
  void deepNestingIsAProblem() {
    assertThat(read("[".repeat(5000) + "]".repeat(5000))).isEmpty();
    assertThat(problems).hasSize(1);
  }

  @Test
  void jsonIsReadToo() {
    assertThat(one("{\"a\": {\"b\": [true, null]}}").root().toJson().write())
        .isEqualTo("{\"a\":{\"b\":[true,null]}}");
  }

  @Test
  void damagedTextsNeverThrow() {
    String text = "a: &x\n  - b: 'q'\n    c: |\n      block\n---\nd: *x\ne: {f: [1, 2]}\n";
    Random random = new Random(11);
    for (int i = 0; i < 5000; i++) {
      char[] damaged = text.toCharArray();
      for (int j = random.nextInt(4); j >= 0; j--) {
        damaged[random.nextInt(damaged.length)] =
            (char) (random.nextInt(5) == 0 ? random.nextInt(0xffff) : random.nextInt(128));
      }
      List<Problem> found = new ArrayList<>();
      List<Document> documents = YamlReader.read(new Source("f", new String(damaged)), found);
      assertThat(documents.size() + found.size()).isLessThan(10);
    }
  }

  private Document one(String text) {
    List<Document> documents = read(text);
    assertThat(problems).isEmpty();
    assertThat(documents).hasSize(1);
    return documents.getFirst();
  }

  private List<Document> read(String text) {
    return YamlReader.read(new Source("f", text), problems);
  }

  /** Takes a minute where reading is quadratic in the length of a value. */
  @Test
  @Timeout(20)
  void aValueOfTenMegabytesIsReadInOneGo() {
    List<Problem> problems = new ArrayList<>();
    String text = "a: \"" + "y".repeat(10_000_000) + "\"\n---\nb: 1\n";
    assertThat(YamlReader.read(new Source("f", text), problems)).hasSize(2);
    assertThat(problems).isEmpty();
  }
}
