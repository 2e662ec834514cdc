// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.cose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.junit.jupiter.api.Test;

class CoseSign1Test {
  private static CoseSign1 parse(String hex) {
    return CoseSign1.parse("test", Bytes.ofHex(hex));
  }

  @Test
  void readsAMessageAndWhatItsSignatureCovers() {
    CoseSign1 message = parse("d28444a1013822a04161420102");
    assertThat(message.algorithm()).isEqualTo(CoseAlgorithm.ES384);
    assertThat(message.payload()).isEqualTo(Bytes.ofHex("61"));
    assertThat(Hex.encode(message.toBeSigned()))
        .isEqualTo(
            "84"
                + "6a"
                + Hex.encode("Signature1".getBytes(StandardCharsets.UTF_8))
                + "44a1013822"
                + "40"
                + "4161");
  }

  @Test
  void longPartsGetTheirShortestHead() {
    String protectedHeader = "a2013822" + "03" + "78c8" + "61".repeat(200);
    CoseSign1 message =
        parse("84" + "58cf" + protectedHeader + "a0" + "590100" + "00".repeat(256) + "4100");
    assertThat(Hex.encode(message.toBeSigned()))
        .endsWith("58cf" + protectedHeader + "40" + "590100" + "00".repeat(256));
  }

  @Test
  void theTagMayBeMissing() {
    assertThat(parse("8444a1013822a04161420102").algorithm()).isEqualTo(CoseAlgorithm.ES384);
  }

  @Test
  void refusesADetachedPayload() {
    refused("8444a1013822a0f6420102", "payload");
  }

  @Test
  void refusesAnAlgorithmThatIsNotProtected() {
    refused("8440a10138224161420102", "alg");
  }

  @Test
  void refusesALabelInBothHeaders() {
    refused("8444a1013822a10138224161420102", "unprotected");
  }

  @Test
  void refusesCriticalHeaders() {
    refused("8448a20138220281182aa04161420102", "crit");
  }

  @Test
  void refusesAnUnknownAlgorithm() {
    refused("8443a10100a04161420102", "alg");
  }

  @Test
  void refusesAnotherTag() {
    refused("d18444a1013822a04161420102", "COSE_Sign1");
  }

  @Test
  void refusesFiveParts() {
    refused("8544a1013822a0416142010200", "COSE_Sign1");
  }

  @Test
  void keysMustBeUncompressedAndPublic() {
    String x = "20".repeat(48);
    CoseKey key = CoseKey.parse("key", Bytes.ofHex("a401022002215830" + x + "225830" + x));
    assertThat(key.curve()).isEqualTo(2);
    assertThat(key.x().length()).isEqualTo(48);
    for (String bad :
        new String[] {
          "a401022002215830" + x + "22f5", // y as a sign bit
          "a301022002215830" + x, // no y
          "a40102200121582f" + x.substring(2) + "225830" + x, // wrong length
          "a501022002215830" + x + "225830" + x + "234100", // private part
          "a401012002215830" + x + "225830" + x, // OKP
        }) {
      assertThatThrownBy(() -> CoseKey.parse("key", Bytes.ofHex(bad)))
          .isInstanceOf(MalformedEvidenceException.class);
    }
  }

  private static void refused(String hex, String field) {
    assertThatThrownBy(() -> parse(hex))
        .isInstanceOfSatisfying(
            MalformedEvidenceException.class, e -> assertThat(e.field()).isEqualTo(field));
  }
}
