// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which engine is taken, and what an engine with memory may remember. */
class SignatureEnginesTest {
  @Test
  void theJdksOwnIsAlwaysThereAndLast() {
    assertThat(SignatureEngines.available().getLast().name()).startsWith("JDK ");
    assertThat(SignatureEngines.works(SignatureEngines.fastest())).isTrue();
  }

  @Test
  void anEngineThatSaysYesToEverythingIsNotTaken() {
    assertThat(SignatureEngines.works(engine(true))).isFalse();
    assertThat(SignatureEngines.works(engine(false))).isFalse();
  }

  private static SignatureEngine engine(boolean answer) {
    return new SignatureEngine() {
      @Override
      public String name() {
        return "constant";
      }

      @Override
      public boolean verify(
          SignatureAlgorithm algorithm, Bytes spki, byte[] message, byte[] signature) {
        return answer;
      }
    };
  }

  @Test
  void memoryAnswersTheVerySameQuestionOnly() {
    CachingSignatureEngine engine = new CachingSignatureEngine(engine(true), 8);
    AtomicInteger asked = new AtomicInteger();
    Bytes[] question = {
      Bytes.ofHex("01"), Bytes.ofHex("0203"), Bytes.ofHex("040506"), Bytes.ofHex("0708090a")
    };
    assertThat(ask(engine, question, asked)).isTrue();
    assertThat(ask(engine, question, asked)).isTrue();
    assertThat(asked).hasValue(1);
    for (int part = 0; part < question.length; part++) {
      Bytes[] other = question.clone();
      other[part] = Bytes.concat(question[part], Bytes.ofHex("00"));
      ask(engine, other, asked);
      assertThat(asked).as("part %d differs", part).hasValue(2 + part);
    }
  }

  @Test
  void longQuestionsDriveOutOldOnesBeforeThereAreMany() {
    CachingSignatureEngine engine = new CachingSignatureEngine(engine(true), 8);
    AtomicInteger asked = new AtomicInteger();
    Bytes one = Bytes.ofHex("01");
    Bytes[] small = {one, one, one, one};
    Bytes[] large = {one, one, Bytes.of(new byte[64 << 10]), one};
    ask(engine, small, asked);
    ask(engine, large, asked);
    assertThat(asked).hasValue(2);
    ask(engine, small, asked);
    assertThat(asked).hasValue(3);
    ask(engine, small, asked);
    assertThat(asked).hasValue(3);
    ask(engine, large, asked);
    assertThat(asked).hasValue(4);
  }

  private static boolean ask(CachingSignatureEngine engine, Bytes[] question, AtomicInteger asked) {
    return engine.recurring(
        question[0],
        question[1],
        question[2],
        question[3],
        () -> {
          asked.incrementAndGet();
          return true;
        });
  }

  @Test
  void bytesAreEqualByContentAtEveryLength() {
    for (int length = 1; length < 40; length++) {
      byte[] content = new byte[length];
      Bytes one = Bytes.of(content);
      assertThat(one).isEqualTo(Bytes.of(content)).isNotEqualTo(Bytes.of(new byte[length + 1]));
      for (int at = 0; at < length; at++) {
        byte[] other = content.clone();
        other[at] ^= (byte) 0x80;
        assertThat(one).isNotEqualTo(Bytes.of(other));
      }
    }
  }
}
