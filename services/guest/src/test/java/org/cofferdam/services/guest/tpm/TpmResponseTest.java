// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Random;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A TPM that lies about its answers: the host runs it. */
class TpmResponseTest {
  private static final String GOOD_CERTIFICATE_SIZE =
      "8001" + "0000001c" + "00000000" + "000e" + "01c00002000b00000000" + "0000" + "0005" + "0000";

  @ParameterizedTest
  @CsvSource({
    "80020000000a00000000, tag",
    "80010000000b00000000, responseSize",
    "800100000006, responseCode",
    "80010000000c00000000abcd, parameters"
  })
  void malformedAnswersAreRefused(String response, String field) {
    assertThatThrownBy(() -> answering(response).flush(1))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining(field);
  }

  @Test
  void aResponseCodeIsAnErrorOfItsCommand() {
    assertThatThrownBy(() -> answering("80010000000a0000018b").flush(1))
        .isInstanceOfSatisfying(TpmException.class, e -> assertThat(e.code()).isEqualTo(0x18b))
        .hasMessageContaining("TPM2_FlushContext");
  }

  @Test
  void answersOfASessionThatEndEarlyAreRefused() {
    assertThatThrownBy(() -> answering("80020000000e00000000000000ff").extend(8, new byte[32]))
        .isInstanceOf(MalformedEvidenceException.class);
  }

  @Test
  void registersThatWereNotAskedForAreRefused() {
    String head = "800100000048" + "00000000" + "00000001";
    String other = "00000001000b03010000";
    String values = "00000001" + "0020" + "00".repeat(32);
    String response = head + other + values;
    String sized =
        response.substring(0, 4)
            + String.format("%08x", response.length() / 2)
            + response.substring(12);
    assertThatThrownBy(() -> answering(sized).pcrs(8))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining("pcrSelectionOut");
  }

  @Test
  void paddingBehindACertificateIsCutOff() {
    assertThat(Der.first(Hex.decode("3003020101ffff"))).isEqualTo(Hex.decode("3003020101"));
    assertThat(Der.first(Hex.decode("308103020101"))).isEqualTo(Hex.decode("308103020101"));
  }

  @ParameterizedTest
  @CsvSource({"3103020101, tag", "3004020101, contents", "3083000001, length", "30, length"})
  void whatIsNoCertificateIsRefused(String der, String field) {
    assertThatThrownBy(() -> Der.first(Hex.decode(der)))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining(field);
  }

  @ParameterizedTest
  @CsvSource({
    "0, type",
    "2, nameAlg",
    "8, authPolicy",
    "10, symmetric",
    "12, scheme",
    "14, hashAlg",
    "16, curveID",
    "18, kdf",
    "20, x"
  })
  void onlyKeysOfTheTemplateAreTaken(int offset, String field) {
    byte[] area =
        Hex.decode(
            "0023000b0005047200000010" + "0018000b00030010" + ("0020" + "01".repeat(32)).repeat(2));
    assertThat(EccPublic.subjectPublicKeyInfo(area)).hasSize(91);
    area[offset] ^= 0x40;
    assertThatThrownBy(() -> EccPublic.subjectPublicKeyInfo(area))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining(field);
  }

  @Test
  void anyAnswerIsReadOrRefusedInOneOfTwoWays() {
    Random random = new Random(3);
    byte[] good = Hex.decode(GOOD_CERTIFICATE_SIZE);
    for (int i = 0; i < 5_000; i++) {
      byte[] bad = good.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try (Tpm tpm = answering(Hex.encode(bad))) {
        assertThat(tpm.endorsementCertificate()).isNotNull();
      } catch (MalformedEvidenceException | IOException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  private static Tpm answering(String response) {
    return new Tpm(
        new TpmTransport() {
          @Override
          public byte[] transmit(byte[] command) {
            return Hex.decode(response);
          }

          @Override
          public void close() {}
        });
  }
}
