// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.gramine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.evidence.sigstruct.Sigstruct;
import org.junit.jupiter.api.Test;

class EnclaveTest {
  private static final byte[] MANIFEST = "manifest".getBytes(StandardCharsets.UTF_8);

  private static EnclaveSettings settings(int sizeMib, int threads, boolean edmm) {
    return new EnclaveSettings((long) sizeMib << 20, threads, edmm, false, false, 0, 0, Map.of());
  }

  /** One segment of a page and a half, read and execute, entry at 16. */
  private static byte[] elf() {
    ByteBuffer elf = ByteBuffer.allocate(120 + 6000).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    elf.putShort(16, (short) 3).putShort(18, (short) 62);
    elf.putLong(24, 16).putLong(32, 64);
    elf.putShort(54, (short) 56).putShort(56, (short) 1);
    elf.putInt(64, 1).putInt(68, 5);
    elf.putLong(64 + 32, 6120).putLong(64 + 40, 6120);
    return elf.array();
  }

  private static String measure(byte[] manifest, EnclaveSettings settings, byte[] elf) {
    return EnclaveMeasurement.mrEnclave(
            manifest, settings, PalImage.parse(elf), RuntimeProfile.GRAMINE_1_9)
        .hex();
  }

  @Test
  void everyInputMovesTheMeasurement() {
    Set<String> seen = new LinkedHashSet<>();
    byte[] entry = elf();
    entry[24] = 17;
    byte[] writable = elf();
    writable[68] = 7;
    byte[] content = elf();
    content[6000] ^= 1;
    seen.add(measure(MANIFEST, settings(16, 2, false), elf()));
    seen.add(measure("Manifest".getBytes(StandardCharsets.UTF_8), settings(16, 2, false), elf()));
    seen.add(measure(MANIFEST, settings(32, 2, false), elf()));
    seen.add(measure(MANIFEST, settings(16, 3, false), elf()));
    seen.add(measure(MANIFEST, settings(16, 2, true), elf()));
    seen.add(measure(MANIFEST, settings(16, 2, false), entry));
    seen.add(measure(MANIFEST, settings(16, 2, false), writable));
    seen.add(measure(MANIFEST, settings(16, 2, false), content));
    assertThat(seen).hasSize(8);
  }

  @Test
  void anEnclaveThatIsTooSmallIsRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> measure(MANIFEST, settings(1, 4, false), elf()))
        .withMessageContaining("too small");
  }

  @Test
  void whatIsNoPlatformLayerIsRefused() {
    int[][] changes = {{0, 0}, {4, 1}, {5, 2}, {16, 2}, {18, 3}, {54, 55}, {32 + 7, 0x80}, {80, 0}};
    for (int[] change : changes) {
      byte[] elf = elf();
      elf[change[0]] = (byte) change[1];
      if (change[0] != 80) {
        assertThatExceptionOfType(MalformedEvidenceException.class)
            .as("byte %d", change[0])
            .isThrownBy(() -> PalImage.parse(elf));
      }
    }
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      byte[] elf = elf();
      elf[random.nextInt(120)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(PalImage.parse(elf).span()).isPositive();
      } catch (MalformedEvidenceException e) {
        assertThat(e).hasMessageContaining("ELF");
      }
    }
  }

  @Test
  void aFeatureIsFixedWhereTheManifestSpeaksOfIt() {
    EnclaveSettings avxLost =
        new EnclaveSettings(
            1 << 24,
            1,
            false,
            false,
            false,
            0,
            0,
            Map.of(
                CpuFeature.AVX,
                CpuFeature.Use.REQUIRED,
                CpuFeature.AVX512,
                CpuFeature.Use.DISABLED));
    EnclaveSettings avxKept =
        new EnclaveSettings(
            1 << 24,
            1,
            false,
            true,
            false,
            0,
            0,
            Map.of(
                CpuFeature.AVX,
                CpuFeature.Use.DISABLED,
                CpuFeature.AVX512,
                CpuFeature.Use.REQUIRED));
    assertThat(avxLost.xfrm()).isEqualTo(0x3);
    assertThat(avxKept.xfrm()).isEqualTo(0xe7);
    assertThat(avxLost.xfrmMask()).isEqualTo(0xfffffffffff9ffffL);
    assertThat(settings(16, 1, false).xfrmMask()).isEqualTo(0xfffffffffff9ff1bL);
    assertThat(avxKept.flags()).isEqualTo(6);
  }

  private static EnclaveSigner signer(int bits, java.math.BigInteger exponent) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(new RSAKeyGenParameterSpec(bits, exponent), new SecureRandom());
    KeyPair pair = generator.generateKeyPair();
    return new EnclaveSigner() {
      @Override
      public RSAPublicKey publicKey() {
        return (RSAPublicKey) pair.getPublic();
      }

      @Override
      public byte[] sign(byte[] message) throws java.security.GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(message);
        return signature.sign();
      }
    };
  }

  @Test
  void signsWhatVerifiesAndNothingElseDoes() throws Exception {
    Sigstruct signed =
        SigstructWriter.sign(
            Bytes.of(new byte[32]),
            settings(16, 1, false),
            "2026-01-31",
            signer(3072, RSAKeyGenParameterSpec.F0));
    assertThat(signed.date()).isEqualTo("2026-01-31");
    assertThat(signed.signatureVerifies()).isTrue();
    int refused = 0;
    for (int at = 0; at < Sigstruct.SIZE; at++) {
      byte[] changed = signed.encoded().toArray();
      changed[at] ^= 0x40;
      try {
        assertThat(Sigstruct.parse(changed).signatureVerifies()).as("byte %d", at).isFalse();
      } catch (MalformedEvidenceException e) {
        assertThat(e).hasMessageContaining("SIGSTRUCT");
      }
      refused++;
    }
    assertThat(refused).isEqualTo(Sigstruct.SIZE);
    assertThatExceptionOfType(MalformedEvidenceException.class)
        .isThrownBy(() -> Sigstruct.parse(new byte[Sigstruct.SIZE - 1]));
  }

  @Test
  void aKeyOfAnotherKindIsRefused() throws Exception {
    EnclaveSigner small = signer(2048, RSAKeyGenParameterSpec.F0);
    EnclaveSigner usual = signer(3072, RSAKeyGenParameterSpec.F4);
    for (EnclaveSigner signer : new EnclaveSigner[] {small, usual}) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(
              () ->
                  SigstructWriter.sign(
                      Bytes.of(new byte[32]), settings(16, 1, false), "0000-00-00", signer));
    }
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () ->
                SigstructWriter.sign(
                    Bytes.of(new byte[32]),
                    settings(16, 1, false),
                    "31.1.2026",
                    signer(3072, RSAKeyGenParameterSpec.F0)));
  }
}
