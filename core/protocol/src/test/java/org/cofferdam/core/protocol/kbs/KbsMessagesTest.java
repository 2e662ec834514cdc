// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.kbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KbsMessagesTest {
  private static final String NONCE = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  @Test
  void theRuntimeDataHashIsTheGoldenOne() {
    RuntimeData data = new RuntimeData(NONCE, GoldenKey.key());
    assertThat(Hex.encode(data.digest(KbsVersion.V0_4_0, "")))
        .isEqualTo(
            "f66f9c2f6bf9f46276fe1ac0e9eee7392d009dd11a233e2b573f4141427c69ea"
                + "39d4beaaa3334b96cc8c97aae4a1c8c3");
    assertThat(Hex.encode(data.deviceDigest()))
        .isEqualTo(
            "37bb6177c59291b874c70e16c12081d103785d8cc60e7916e0aa7bb29d177808"
                + "dcf3f5465000c0fdb2aa8a455ea48e42");
    assertThat(data.digest(KbsVersion.V0_2_0, "")).isEqualTo(data.deviceDigest());
  }

  @Test
  void membersThatAreNotHashedMayFollowInTheKey() {
    Json key =
        json(
            """
            {"kid":"1","use":"enc","alg":"ECDH-ES+A256KW","crv":"P-256","kty":"EC",
             "x":"WBzCvD8I7bPgsA2dQiCshSJCdCN315bAm9LxaAucDYg",
             "y":"meL2J57hTSBvh3W2iW2CWBsmf38gREvsITiNFjp_lS4"}""");
    assertThat(TeeKey.fromJson(key)).isEqualTo(GoldenKey.key());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // y of another point
        "{'kty':'EC','crv':'P-256','alg':'ECDH-ES+A256KW','x':'WBzCvD8I7bPgsA2dQiCshSJCdCN315bAm9LxaAucDYg','y':'cuPaEIXcQqD8AkLKsZzvsNZsgH9Yg-cpO5-nluOccow'}",
        // the point at infinity as zeros
        "{'kty':'EC','crv':'P-256','alg':'ECDH-ES+A256KW','x':'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA','y':'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'}",
        // x too short
        "{'kty':'EC','crv':'P-256','alg':'ECDH-ES+A256KW','x':'WBzC','y':'meL2J57hTSBvh3W2iW2CWBsmf38gREvsITiNFjp_lS4'}",
        // a curve that is not known
        "{'kty':'EC','crv':'secp256k1','alg':'ECDH-ES+A256KW','x':'WBzCvD8I7bPgsA2dQiCshSJCdCN315bAm9LxaAucDYg','y':'meL2J57hTSBvh3W2iW2CWBsmf38gREvsITiNFjp_lS4'}",
        // another algorithm
        "{'kty':'EC','crv':'P-256','alg':'ECDH-ES','x':'WBzCvD8I7bPgsA2dQiCshSJCdCN315bAm9LxaAucDYg','y':'meL2J57hTSBvh3W2iW2CWBsmf38gREvsITiNFjp_lS4'}",
        // a modulus of 24 bits
        "{'kty':'RSA','alg':'RSA-OAEP-256','n':'AQAB','e':'AQAB'}",
        "{'kty':'oct','alg':'RSA-OAEP-256','k':'AQAB'}",
        "{'kty':'EC'}",
        "[]"
      })
  void aKeyThatCannotBeUsedIsRefused(String key) {
    assertThatThrownBy(() -> TeeKey.fromJson(json(key.replace('\'', '"'))))
        .isInstanceOf(MalformedEvidenceException.class);
  }

  @Test
  void rsa15IsRefused() {
    Json.Obj good = TeeKeyPair.generateRsa(new java.security.SecureRandom()).publicKey().toJson();
    Json changed = json(good.write().replace("RSA-OAEP-256", "RSA1_5"));
    assertThatThrownBy(() -> TeeKey.fromJson(changed)).hasMessageContaining("alg");
  }

  @Test
  void anAttestationReadsBackInEachVersion() {
    KbsAttestation sent =
        new KbsAttestation(
            new InitData("version = \"0.1.0\"\n"),
            new RuntimeData(NONCE, GoldenKey.key()),
            json("{\"quote\":\"AA==\"}"),
            "");
    for (KbsVersion version : KbsVersion.values()) {
      Json wire = json(sent.toJson(version).write());
      assertThat(KbsAttestation.fromJson(wire, version)).isEqualTo(sent);
    }
  }

  @Test
  void initDataMayBeNullAndMustOtherwiseBeToml() {
    KbsAttestation sent =
        new KbsAttestation(null, new RuntimeData(NONCE, GoldenKey.key()), json("{}"), "");
    assertThat(KbsAttestation.fromJson(sent.toJson(KbsVersion.V0_4_0), KbsVersion.V0_4_0))
        .isEqualTo(sent);
    assertThatThrownBy(() -> InitData.fromJson(json("{\"format\":\"json\",\"body\":\"{}\"}")))
        .hasMessageContaining("format");
  }

  @Test
  void aChallengeAndARequestKeepWhateverStandsInExtraParams() {
    Json request = json("{\"version\":\"0.4.0\",\"tee\":\"tdx\",\"extra-params\":\"\"}");
    assertThat(KbsRequest.fromJson(request).toJson().write()).isEqualTo(request.write());
    Json challenge = json("{\"nonce\":\"" + NONCE + "\",\"extra-params\":\"\"}");
    assertThat(Challenge.fromJson(challenge).toJson().write()).isEqualTo(challenge.write());
    assertThat(TpmOffer.fromExtraParams(Json.of(""))).isEmpty();
    assertThat(TpmActivation.fromExtraParams(Json.of(""))).isEmpty();
  }

  @Test
  void tpmActivationTravelsInExtraParams() {
    TpmOffer offer = new TpmOffer(new byte[] {1, 2}, new byte[] {3});
    TpmOffer back = TpmOffer.fromExtraParams(json(offer.toExtraParams().write())).orElseThrow();
    assertThat(back.ekCertificate()).containsExactly(1, 2);
    assertThat(back.akPublicArea()).containsExactly(3);
    TpmActivation activation = new TpmActivation(new byte[] {4}, new byte[] {5});
    TpmActivation again =
        TpmActivation.fromExtraParams(json(activation.toExtraParams().write())).orElseThrow();
    assertThat(again.credentialBlob()).containsExactly(4);
    assertThat(again.secret()).containsExactly(5);
  }

  @Test
  void anErrorHasTheBodyThatClientsParse() {
    KbsError error = new KbsError(KbsError.Variant.PolicyDeny, "Access denied by policy");
    assertThat(error.toJson().write())
        .isEqualTo(
            "{\"type\":\"https://github.com/confidential-containers/kbs/errors/PolicyDeny\","
                + "\"detail\":\"Access denied by policy\"}");
    assertThat(KbsError.fromJson(error.toJson())).isEqualTo(error);
  }

  @Test
  void onlyTheVersionsOfTheTableAreSpoken() {
    assertThat(KbsVersion.of("0.4.0")).isEqualTo(Optional.of(KbsVersion.V0_4_0));
    assertThat(KbsVersion.of("0.4.1")).isEmpty();
    assertThat(KbsVersion.of("=0.4.0")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AA", "AA=", "AB==", "A A==", "AA==\n", "-_8="})
  void base64HasOneTextForGivenBytes(String text) {
    assertThatThrownBy(() -> Base64Text.fromStandard("field", text))
        .isInstanceOf(MalformedEvidenceException.class);
  }

  private static Json json(String text) {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
