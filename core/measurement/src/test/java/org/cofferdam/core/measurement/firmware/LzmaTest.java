// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.junit.jupiter.api.Test;

class LzmaTest {
  /** Of {@link #text()}, by XZ Utils; its matches are plain, repeated, short and long. */
  private static final byte[] STREAM =
      HexFormat.of()
          .parseHex(
              "5d00008000200200000000000000331a4aab8e77d7eb72527edb661003e619272708c2cec628"
                  + "9ca96c8775092ed02999e1796bdd03c746829d7cdd4dfa75612b29af9e03b695fccf42a67f90"
                  + "e80163922e5fe7479ec91f4dc7360c9cde7a473e8cbef8ba45a467549f83d47268ed76339d5d"
                  + "c13fffecd56b2a");

  private static byte[] text() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes("firmware volume ".repeat(5).getBytes(StandardCharsets.US_ASCII));
    text.writeBytes("abcabcabcabd".getBytes(StandardCharsets.US_ASCII));
    text.writeBytes(new byte[300]);
    text.writeBytes("firmware volume 2 abcabc".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < 128; i++) {
      text.write(i % 64);
    }
    return text.toByteArray();
  }

  @Test
  void decodesWhatAnotherEncoderWrote() {
    assertThat(Lzma.decode(STREAM)).isEqualTo(text());
  }

  @Test
  void decodesLiterals() {
    byte[] noise = new byte[10_000];
    new Random(7).nextBytes(noise);
    assertThat(Lzma.decode(LzmaLiterals.encode(noise))).isEqualTo(noise);
  }

  @Test
  void refusesAStreamThatIsCutShort() {
    for (int length = 0; length < STREAM.length - 12; length++) {
      byte[] cut = Arrays.copyOf(STREAM, length);
      assertThatExceptionOfType(MalformedEvidenceException.class)
          .as("%d bytes", length)
          .isThrownBy(() -> Lzma.decode(cut));
    }
  }

  @Test
  void refusesASizeThatIsUnknownOrTooLarge() {
    byte[] unknown = STREAM.clone();
    Arrays.fill(unknown, 5, 13, (byte) 0xff);
    byte[] large = STREAM.clone();
    large[9] = 1;
    for (byte[] stream : new byte[][] {unknown, large}) {
      assertThatExceptionOfType(MalformedEvidenceException.class)
          .isThrownBy(() -> Lzma.decode(stream))
          .withMessageContaining("decoded size");
    }
  }

  @Test
  void throwsNothingElseOnDamagedStreams() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = STREAM.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      damaged[10] = 0;
      damaged[11] = 0;
      damaged[12] = 0;
      damaged[9] = 0;
      damaged[8] = 0;
      try {
        assertThat(Lzma.decode(damaged)).isNotNull();
      } catch (MalformedEvidenceException e) {
        assertThat(e).hasMessageContaining("LZMA");
      }
    }
  }
}
