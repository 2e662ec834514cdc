// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.protocol.kbs.Base64Text;
import org.cofferdam.core.protocol.kbs.KbsVersion;
import org.junit.jupiter.api.Test;

class SessionSealerTest {
  private static final Session SESSION =
      new Session(
          "00112233445566778899aabbccddeeff",
          KbsVersion.V0_4_0,
          "tpm",
          "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
          Instant.ofEpochSecond(1_800_000_000),
          Optional.of(
              new Session.Activation(
                  Bytes.of(new byte[] {1}).sha256(), Bytes.of(new byte[] {2}).sha256())));

  private final SecureRandom random = new SecureRandom();

  @Test
  void aCookieGivesTheSessionBackAndShowsNothingOfIt() {
    String cookie = sealer(1).seal(SESSION);
    assertThat(sealer(1).open(cookie)).contains(SESSION);
    assertThat(new String(Base64Text.fromUrl("cookie", cookie), StandardCharsets.ISO_8859_1))
        .doesNotContain(SESSION.id(), "tpm");
  }

  @Test
  void aCookieOfAnotherKeyOrWithAChangedByteIsNone() {
    String cookie = sealer(1).seal(SESSION);
    assertThat(sealer(2).open(cookie)).isEmpty();
    byte[] bytes = Base64Text.fromUrl("cookie", cookie);
    for (int i = 0; i < bytes.length; i += 7) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      assertThat(sealer(1).open(Base64Text.url(changed))).as("byte %d", i).isEmpty();
    }
  }

  @Test
  void whatIsNoCookieIsNone() {
    for (String text : new String[] {"", "x", "====", "A".repeat(5000)}) {
      assertThat(sealer(1).open(text)).isEmpty();
    }
  }

  @Test
  void theCorrelationDoesNotTellTheId() {
    assertThat(SESSION.correlation()).hasSize(16).isNotEqualTo(SESSION.id().substring(0, 16));
  }

  private SessionSealer sealer(int seed) {
    byte[] key = new byte[32];
    key[0] = (byte) seed;
    return new SessionSealer(SecretBytes.owning(key), random);
  }
}
