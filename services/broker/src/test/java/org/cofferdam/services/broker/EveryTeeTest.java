// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.Waiver;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.ledger.Decision;
import org.cofferdam.core.ledger.Reason;
import org.cofferdam.core.protocol.kbs.Challenge;
import org.cofferdam.core.protocol.kbs.Curve;
import org.cofferdam.core.protocol.kbs.InitData;
import org.cofferdam.core.protocol.kbs.KbsAttestation;
import org.cofferdam.core.protocol.kbs.KbsRequest;
import org.cofferdam.core.protocol.kbs.KbsVersion;
import org.cofferdam.core.protocol.kbs.ResourceJwe;
import org.cofferdam.core.protocol.kbs.RuntimeData;
import org.cofferdam.core.protocol.kbs.TeeKeyPair;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.core.reference.ReferenceValue;
import org.cofferdam.quality.foundry.TestTee;
import org.cofferdam.services.broker.kbs.KbsAnswer;
import org.cofferdam.services.broker.store.SqliteDatabase;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole handshake with minted evidence of each TEE, and each with one thing wrong. */
class EveryTeeTest {
  private static final String WORKLOAD = "default/orders";
  private static final String SECRET = "default/orders-db/password";
  private static final TestClock CLOCK = new TestClock();

  @TempDir Path folder;
  private Optional<String> cookie = Optional.empty();
  private final TeeKeyPair key = TeeKeyPair.generate(Curve.P256, new SecureRandom());

  static Stream<TestTee> tees() {
    return TestTee.all(CLOCK.instant()).stream();
  }

  @ParameterizedTest
  @MethodSource("tees")
  void theRightGuestGetsItsSecret(TestTee tee) throws Exception {
    try (TestBroker broker = broker(tee, true)) {
      register(broker, tee, Json.of(tee.value()));
      KbsAnswer attested = attest(broker, tee, challenge(broker, tee).nonce());
      assertThat(broker.lastRecord().reasons()).isEmpty();
      assertThat(text(attested)).contains("token");
      KbsAnswer answer = broker.kbs.resource(cookie, Optional.empty(), SECRET);
      try (SecretBytes secret = key.open(ResourceJwe.fromJson(Json.parse(answer.body())))) {
        String opened = secret.lend(bytes -> new String(bytes, StandardCharsets.UTF_8));
        assertThat(opened).isEqualTo("top secret");
      }
      assertThat(broker.lastRecord().decision()).isEqualTo(Decision.RELEASED);
      assertThat(broker.lastRecord().tee()).isEqualTo(tee.wire());
    }
  }

  @ParameterizedTest
  @MethodSource("tees")
  void anotherMeasurementGetsNothing(TestTee tee) throws Exception {
    try (TestBroker broker = broker(tee, true)) {
      register(broker, tee, Json.of("another"));
      refused(broker, attest(broker, tee, challenge(broker, tee).nonce()), "measurement");
    }
  }

  @ParameterizedTest
  @MethodSource("tees")
  void evidenceOverAnotherChallengeGetsNothing(TestTee tee) throws Exception {
    try (TestBroker broker = broker(tee, true)) {
      register(broker, tee, Json.of(tee.value()));
      String nonce = challenge(broker, tee).nonce();
      KbsAttestation old =
          attestation(tee, new RuntimeData(challenge(broker, tee).nonce(), key.publicKey()));
      KbsAttestation replayed =
          new KbsAttestation(
              old.initData(), new RuntimeData(nonce, key.publicKey()), old.primaryEvidence(), "");
      challenge(broker, tee);
      refused(broker, send(broker, replayed), "session.nonce");
      RuntimeData fresh = new RuntimeData(challenge(broker, tee).nonce(), key.publicKey());
      refused(
          broker,
          send(broker, new KbsAttestation(old.initData(), fresh, old.primaryEvidence(), "")),
          "binding.nonce");
    }
  }

  @ParameterizedTest
  @MethodSource("tees")
  void aServerThatIsNotForDevelopmentGivesItNothing(TestTee tee) throws Exception {
    try (TestBroker broker = broker(tee, false)) {
      register(broker, tee, Json.of(tee.value()));
      refused(broker, attest(broker, tee, challenge(broker, tee).nonce()), "development.allowed");
    }
  }

  private TestBroker broker(TestTee tee, boolean development) throws Exception {
    return new TestBroker(
        folder,
        SqliteDatabase.open(folder),
        CLOCK,
        List.of(anchor(tee)),
        tee.collateral().entrySet().stream()
            .map(file -> Document.of(file.getKey(), file.getValue()))
            .toList(),
        development);
  }

  private static TrustAnchor anchor(TestTee tee) {
    Bytes der = Bytes.of(tee.anchor());
    Bytes key;
    try {
      key = Certificate.parse(der).spki();
    } catch (MalformedEvidenceException e) {
      key = der;
    }
    return new TrustAnchor("foundry", tee.use(), key, TrustAnchor.Origin.DEVELOPMENT);
  }

  private static void register(TestBroker broker, TestTee tee, Json value) throws Exception {
    Instant until = CLOCK.instant().plusSeconds(3600);
    Json body =
        Json.object()
            .put(
                "references",
                new ReferenceSet(
                        WORKLOAD,
                        List.of(
                            ReferenceValue.predicted(
                                "measurement", tee.claim(), value, "what is started")))
                    .toJson())
            .put("initdata", TestBroker.initData(WORKLOAD))
            .put("secrets", Json.strings(List.of(SECRET)))
            .put(
                "waivers",
                Json.array(
                    tee.waived().stream()
                        .map(id -> new Waiver(id, "test", "the format is a draft", until).toJson())
                        .toList()))
            .build();
    broker.admin.putWorkload("test", WORKLOAD, TestGuest.bytes(body));
    broker.admin.putResource(
        "test", SECRET, SecretBytes.owning("top secret".getBytes(StandardCharsets.UTF_8)));
  }

  private Challenge challenge(TestBroker broker, TestTee tee) throws Exception {
    KbsAnswer answer =
        broker.kbs.auth(TestGuest.bytes(new KbsRequest("0.4.0", tee.wire(), Json.of("")).toJson()));
    cookie = answer.session();
    return Challenge.fromJson(Json.parse(answer.body()));
  }

  private KbsAnswer attest(TestBroker broker, TestTee tee, String nonce) throws Exception {
    return send(broker, attestation(tee, new RuntimeData(nonce, key.publicKey())));
  }

  private static KbsAttestation attestation(TestTee tee, RuntimeData data) {
    return new KbsAttestation(
        new InitData(TestBroker.initData(WORKLOAD)),
        data,
        Json.parse(
            tee.evidence()
                .apply(data.digest(KbsVersion.V0_4_0, ""))
                .getBytes(StandardCharsets.UTF_8)),
        "");
  }

  private KbsAnswer send(TestBroker broker, KbsAttestation attestation) throws Exception {
    return broker.kbs.attest(cookie, TestGuest.bytes(attestation.toJson(KbsVersion.V0_4_0)));
  }

  private static void refused(TestBroker broker, KbsAnswer answer, String check) throws Exception {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(broker.lastRecord().reasons()).extracting(Reason::id).contains(check);
    assertThat(broker.records()).noneMatch(r -> r.decision() == Decision.RELEASED);
  }

  private static String text(KbsAnswer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
