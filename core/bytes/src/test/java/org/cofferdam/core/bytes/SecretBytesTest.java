// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SecretBytesTest {
  private static final byte[] WORD = "correct horse".getBytes(StandardCharsets.UTF_8);

  @Test
  void neverShowsItself() {
    try (SecretBytes secret = SecretBytes.copyOf(WORD)) {
      assertThat(secret.toString()).doesNotContain("horse").doesNotContain(Hex.encode(WORD));
      assertThat(String.format("%s", secret)).doesNotContain("horse");
    }
  }

  @Test
  void closingOverwritesTheBytesAndEndsTheirUse() {
    byte[] own = WORD.clone();
    SecretBytes secret = SecretBytes.owning(own);
    secret.close();
    assertThat(own).containsOnly(0);
    assertThatIllegalStateException().isThrownBy(() -> secret.lend(bytes -> bytes.length));
  }

  @Test
  void aCopyIsApartFromItsSource() {
    byte[] own = WORD.clone();
    try (SecretBytes secret = SecretBytes.copyOf(own)) {
      own[0] = 0;
      assertThat(secret.lend(byte[]::clone)).isEqualTo(WORD);
      assertThat(secret).isEqualTo(SecretBytes.copyOf(WORD)).isNotEqualTo(SecretBytes.copyOf(own));
    }
  }
}
