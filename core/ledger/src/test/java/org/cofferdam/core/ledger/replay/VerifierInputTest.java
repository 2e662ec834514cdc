// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.Waiver;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.junit.jupiter.api.Test;

class VerifierInputTest {
  private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");
  private static final VerifierInput INPUT =
      new VerifierInput(
          Expectations.at(AT, Policy.release())
              .withKind("tpm-quote")
              .withNonce(Bytes.ofHex("0102"))
              .withReportData(Bytes.ofHex("03"))
              .withAudience("a")
              .withIssuer("i")
              .withFeed("f")
              .withActivationDigest(Bytes.ofHex("04"))
              .withDevelopment(true)
              .withWaivers(List.of(new Waiver("x.y", "owner", "why", AT))),
          List.of(
              new TrustAnchor(
                  "swtpm", "tpm-ek", Bytes.ofHex("3000"), TrustAnchor.Origin.DEVELOPMENT)),
          Bytes.ofHex("00ff"),
          Json.object().put("nonce", "n").build());

  @Test
  void allThatTheVerifierKnewComesBack() {
    assertThat(VerifierInput.decode(INPUT.encode(), Policy.release())).isEqualTo(INPUT);
  }

  @Test
  void whatWasNotGivenStaysAbsent() {
    VerifierInput bare =
        new VerifierInput(
            Expectations.at(AT, Policy.release()), List.of(), Bytes.EMPTY, Json.Null.NULL);
    assertThat(VerifierInput.decode(bare.encode(), Policy.release())).isEqualTo(bare);
  }

  @Test
  void otherFormsAreRefused() {
    String text = new String(INPUT.encode(), StandardCharsets.UTF_8);
    for (String other :
        List.of(
            text.replace("\"version\":1", "\"version\":2"),
            text.replace("\"issuer\":\"i\",", ""),
            text.replace("\"issuer\":", "\"issuers\":"),
            text.replace("\"0102\"", "\"012\""),
            text.replace("\"AP8=\"", "\"*\""),
            text.replace("10:00:00Z\",\"audience\"", "ten\",\"audience\""),
            text.replace("\"DEVELOPMENT\"", "\"NONE\""))) {
      assertThat(other).isNotEqualTo(text);
      assertThatThrownBy(
              () -> VerifierInput.decode(other.getBytes(StandardCharsets.UTF_8), Policy.release()))
          .as(other)
          .isInstanceOf(MalformedEvidenceException.class);
    }
  }

  @Test
  void aLogCannotMakeAnAnchorShipWithTheProduct() {
    String text =
        new String(INPUT.encode(), StandardCharsets.UTF_8)
            .replace("\"DEVELOPMENT\"", "\"BUILT_IN\"");
    assertThatThrownBy(
            () -> VerifierInput.decode(text.getBytes(StandardCharsets.UTF_8), Policy.release()))
        .hasMessageContaining("origin");
  }
}
