// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cofferdam.services.broker.TestBroker.ARGS;
import static org.cofferdam.services.broker.TestBroker.SECRET;
import static org.cofferdam.services.broker.TestBroker.WORKLOAD;
import static org.cofferdam.services.broker.TestGuest.bytes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.Decision;
import org.cofferdam.core.ledger.Reason;
import org.cofferdam.core.protocol.kbs.Challenge;
import org.cofferdam.core.protocol.kbs.KbsAttestation;
import org.cofferdam.core.protocol.kbs.KbsRequest;
import org.cofferdam.core.protocol.kbs.KbsVersion;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.services.broker.kbs.KbsAnswer;
import org.cofferdam.services.broker.store.Database;
import org.cofferdam.services.broker.store.SqliteDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The protocol against a real broker and evidence of the foundry, each rule broken alone. */
class HandshakeTest {
  @TempDir Path folder;

  private final TestClock clock = new TestClock();
  private TestGuest guest;
  private TestBroker broker;

  @BeforeEach
  void open() throws Exception {
    guest = new TestGuest(clock.instant(), TestBroker.initData(WORKLOAD), ARGS, Hook.none());
    broker = start(guest.tpm.root().publicKey(), true);
    broker.register(WORKLOAD, SECRET);
  }

  /** The store; opened again it is the same one. */
  Database database() throws Exception {
    return SqliteDatabase.open(folder);
  }

  private TestBroker start(byte[] tpmRoot, boolean development) throws Exception {
    return new TestBroker(
        folder,
        database(),
        clock,
        List.of(
            new TrustAnchor(
                "foundry", "tpm-ek", Bytes.of(tpmRoot), TrustAnchor.Origin.DEVELOPMENT)),
        List.of(),
        development);
  }

  @AfterEach
  void close() throws IOException {
    broker.close();
  }

  @Test
  void theRightGuestGetsItsSecretByCookieAndByToken() throws Exception {
    KbsAnswer attested = guest.attest(broker);
    assertThat(attested.status()).isEqualTo(200);
    KbsAnswer byCookie = broker.kbs.resource(guest.cookie, Optional.empty(), SECRET);
    KbsAnswer byToken =
        broker.kbs.resource(Optional.empty(), Optional.of(TestGuest.token(attested)), SECRET);
    assertThat(guest.open(byCookie)).isEqualTo("top secret");
    assertThat(guest.open(byToken)).isEqualTo("top secret");
    assertThat(broker.records())
        .extracting(r -> r.decision())
        .containsExactly(
            Decision.CHANGED,
            Decision.CHANGED,
            Decision.ATTESTED,
            Decision.RELEASED,
            Decision.RELEASED);
    assertThat(broker.lastRecord().released()).containsExactly(SECRET);
    assertThat(broker.lastRecord().grade()).isEqualTo("development");
    assertThat(broker.lastRecord().insecure()).contains("development:foundry", "broker:test");
  }

  @Test
  void anOlderGuestIsServedInItsOwnVersion() throws Exception {
    guest.version = KbsVersion.V0_2_0;
    assertThat(guest.attest(broker).status()).isEqualTo(200);
    assertThat(guest.open(broker.kbs.resource(guest.cookie, Optional.empty(), SECRET)))
        .isEqualTo("top secret");
  }

  @Test
  void anotherVersionIsToldSoInTheWordsThatClientsLookFor() throws Exception {
    KbsAnswer answer = broker.kbs.auth(bytes(new KbsRequest("0.1.1", "tpm", Json.of("")).toJson()));
    assertThat(answer.status()).isEqualTo(401);
    assertThat(text(answer))
        .contains("KBS Client Protocol Version Mismatch", "=0.4.0", "AttestationError");
  }

  @Test
  void aDevelopmentTeeIsRefusedUnlessTheServerIsForDevelopment() throws Exception {
    broker.close();
    broker = start(guest.tpm.root().publicKey(), false);
    refused(guest.attest(broker), "development.allowed");
  }

  @Test
  void anotherCommandIsRefusedAndItsCheckNamed() throws Exception {
    TestGuest other = otherGuest("sh -c steal");
    broker.close();
    broker = start(other.tpm.root().publicKey(), true);
    refused(other.attest(broker), "pod.main.args");
    Reason reason = broker.lastRecord().reasons().getFirst();
    assertThat(reason.expected()).isEqualTo("[\"serve\"]");
    assertThat(reason.found()).isEqualTo("[\"sh -c steal\"]");
  }

  @Test
  void aWorkloadThatNobodyRegisteredIsRefused() throws Exception {
    TestGuest other =
        new TestGuest(clock.instant(), TestBroker.initData("default/other"), ARGS, Hook.none());
    refused(other.attest(broker), "workload.registered");
    assertThat(broker.lastRecord().workload()).isEqualTo("default/other");
  }

  @Test
  void aChallengeIsAnsweredOnce() throws Exception {
    Challenge challenge = guest.challenge(broker.kbs.auth(bytes(guest.request().toJson())));
    byte[] body = bytes(guest.attestation(challenge).toJson(guest.version));
    assertThat(broker.kbs.attest(guest.cookie, body).status()).isEqualTo(200);
    refused(broker.kbs.attest(guest.cookie, body), "session.nonce-unused");
  }

  @Test
  void aFailedAnswerUsesTheChallengeUpToo() throws Exception {
    Challenge challenge = guest.challenge(broker.kbs.auth(bytes(guest.request().toJson())));
    byte[] wrong = bytes(guest.attestation(challenge, new byte[32]).toJson(guest.version));
    refused(broker.kbs.attest(guest.cookie, wrong), "tpm.ak.activated");
    byte[] right = bytes(guest.attestation(challenge).toJson(guest.version));
    refused(broker.kbs.attest(guest.cookie, right), "session.nonce-unused");
  }

  @Test
  void aChallengeIsStillUsedUpAfterARestart() throws Exception {
    Challenge challenge = guest.challenge(broker.kbs.auth(bytes(guest.request().toJson())));
    byte[] body = bytes(guest.attestation(challenge).toJson(guest.version));
    assertThat(broker.kbs.attest(guest.cookie, body).status()).isEqualTo(200);
    broker.close();
    broker = start(guest.tpm.root().publicKey(), true);
    refused(broker.kbs.attest(guest.cookie, body), "session.nonce-unused");
  }

  @Test
  void aHandshakeGoesOnAfterARestart() throws Exception {
    Challenge challenge = guest.challenge(broker.kbs.auth(bytes(guest.request().toJson())));
    broker.close();
    broker = start(guest.tpm.root().publicKey(), true);
    byte[] body = bytes(guest.attestation(challenge).toJson(guest.version));
    assertThat(broker.kbs.attest(guest.cookie, body).status()).isEqualTo(200);
  }

  @Test
  void aChallengeHasAnAge() throws Exception {
    Challenge challenge = guest.challenge(broker.kbs.auth(bytes(guest.request().toJson())));
    clock.move(Duration.ofMinutes(5));
    refused(
        broker.kbs.attest(guest.cookie, bytes(guest.attestation(challenge).toJson(guest.version))),
        "session.in-time");
  }

  @Test
  void evidenceForAnotherSessionIsRefused() throws Exception {
    Challenge first = guest.challenge(broker.kbs.auth(bytes(guest.request().toJson())));
    byte[] body = bytes(guest.attestation(first).toJson(guest.version));
    guest.challenge(broker.kbs.auth(bytes(guest.request().toJson())));
    refused(broker.kbs.attest(guest.cookie, body), "session.nonce");
  }

  @Test
  void evidenceThatBindsAnotherKeyIsRefused() throws Exception {
    Challenge challenge = guest.challenge(broker.kbs.auth(bytes(guest.request().toJson())));
    KbsAttestation honest = guest.attestation(challenge);
    TestGuest thief = otherGuest(ARGS);
    KbsAttestation stolen =
        new KbsAttestation(
            honest.initData(),
            thief.attestation(challenge, new byte[32]).runtimeData(),
            honest.primaryEvidence(),
            "");
    refused(broker.kbs.attest(guest.cookie, bytes(stolen.toJson(guest.version))), "binding.nonce");
  }

  @Test
  void evidenceOfAnotherTpmThanTheOneThatOfferedIsRefused() throws Exception {
    Challenge challenge = guest.challenge(broker.kbs.auth(bytes(guest.request().toJson())));
    TestGuest other = otherGuest(ARGS);
    refused(
        broker.kbs.attest(
            guest.cookie, bytes(other.attestation(challenge, new byte[32]).toJson(guest.version))),
        "tpm.ak.as-offered");
  }

  @Test
  void devicesThatNobodyWouldLookAtAreRefused() throws Exception {
    Challenge challenge = guest.challenge(broker.kbs.auth(bytes(guest.request().toJson())));
    KbsAttestation more = guest.attestation(challenge, "{\"other\":{}}");
    refused(broker.kbs.attest(guest.cookie, bytes(more.toJson(guest.version))), "coco.device");
  }

  @Test
  void withoutASessionOfThisServerThereIsNoAttestation() throws Exception {
    Challenge challenge = guest.challenge(broker.kbs.auth(bytes(guest.request().toJson())));
    byte[] body = bytes(guest.attestation(challenge).toJson(guest.version));
    refused(broker.kbs.attest(Optional.empty(), body), "session.known");
    refused(broker.kbs.attest(Optional.of("AAAA"), body), "session.known");
    String cookie = guest.cookie.orElseThrow();
    String forged = (cookie.startsWith("A") ? "B" : "A") + cookie.substring(1);
    refused(broker.kbs.attest(Optional.of(forged), body), "session.known");
  }

  @Test
  void brokenMessagesAreRefusedAndOnRecord() throws Exception {
    guest.challenge(broker.kbs.auth(bytes(guest.request().toJson())));
    for (String body : List.of("", "{", "[]", "{}", "null", "{\"runtime-data\":{}}")) {
      KbsAnswer answer = broker.kbs.attest(guest.cookie, body.getBytes(StandardCharsets.UTF_8));
      assertThat(answer.status()).isEqualTo(401);
      assertThat(text(answer)).contains("SerdeError");
      assertThat(broker.lastRecord().reasons().getFirst().id()).isEqualTo("kbs.attest.well-formed");
      assertThat(broker.kbs.auth(body.getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(401);
      assertThat(broker.lastRecord().reasons().getFirst().id()).isEqualTo("kbs.auth.well-formed");
    }
  }

  @Test
  void aSecretOfAnotherWorkloadIsDenied() throws Exception {
    broker.register("default/other", "default/other-db/password");
    guest.attest(broker);
    KbsAnswer answer =
        broker.kbs.resource(guest.cookie, Optional.empty(), "default/other-db/password");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(text(answer)).contains("PolicyDeny", "Access denied by policy");
    assertThat(broker.lastRecord().reasons().getFirst().id()).isEqualTo("release.granted");
  }

  @Test
  void whatIsNotGrantedLooksTheSameWhetherOrNotItExists() throws Exception {
    broker.register("default/other", "default/other-db/password");
    guest.attest(broker);
    String there =
        text(broker.kbs.resource(guest.cookie, Optional.empty(), "default/other-db/password"));
    String notThere =
        text(broker.kbs.resource(guest.cookie, Optional.empty(), "default/nothing/here"));
    assertThat(there).isEqualTo(notThere);
  }

  @Test
  void aGrantedSecretThatIsGoneIsOnRecordAsRefused() throws Exception {
    guest.attest(broker);
    broker.admin.deleteResource("test", SECRET);
    KbsAnswer answer = broker.kbs.resource(guest.cookie, Optional.empty(), SECRET);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(broker.lastRecord().decision()).isEqualTo(Decision.REFUSED);
    assertThat(broker.lastRecord().reasons().getFirst().id()).isEqualTo("release.resource-exists");
  }

  @Test
  void pathsWithTricksReachNothing() throws Exception {
    guest.attest(broker);
    for (String path :
        List.of(
            "",
            "default/orders-db",
            SECRET + "/",
            "/" + SECRET,
            "default//password",
            "default/../default/orders-db/password",
            "default/orders-db/..",
            "default/orders-db/*",
            "default/orders-db/pass%77ord",
            "default/orders-db/password\0",
            "default\\orders-db\\password")) {
      assertThat(broker.kbs.resource(guest.cookie, Optional.empty(), path).status())
          .as(path)
          .isEqualTo(404);
    }
  }

  @Test
  void aTokenEndsWithItsTime() throws Exception {
    String token = TestGuest.token(guest.attest(broker));
    clock.move(Duration.ofMinutes(5));
    KbsAnswer answer = broker.kbs.resource(Optional.empty(), Optional.of(token), SECRET);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(text(broker.kbs.resource(guest.cookie, Optional.empty(), SECRET)))
        .contains("TokenNotFound", "Attestation Token not found");
  }

  @Test
  void changingAWorkloadEndsItsTokens() throws Exception {
    String token = TestGuest.token(guest.attest(broker));
    broker.register(WORKLOAD, SECRET);
    assertThat(broker.kbs.resource(Optional.empty(), Optional.of(token), SECRET).status())
        .isEqualTo(401);
  }

  @Test
  void forgedTokensOpenNothing() throws Exception {
    String token = TestGuest.token(guest.attest(broker));
    List<String> parts = List.of(token.split("\\."));
    for (String forged : ForgedTokens.of(parts)) {
      KbsAnswer answer = broker.kbs.resource(Optional.empty(), Optional.of(forged), SECRET);
      assertThat(answer.status()).as(forged).isEqualTo(401);
      assertThat(broker.lastRecord().reasons().getFirst().id()).isEqualTo("token.valid");
    }
  }

  @Test
  void theTokenIsLaidOutAsPeersReadIt() throws Exception {
    String token = TestGuest.token(guest.attest(broker));
    Json.Obj payload = broker.tokens.verify(token).orElseThrow();
    assertThat(payload.string("eat_profile"))
        .isEqualTo("tag:github.com,2024:confidential-containers/Trustee");
    assertThat(payload.integer("exp") - payload.integer("iat")).isEqualTo(300);
    Json.Obj cpu = payload.object("submods").object("cpu0");
    assertThat(cpu.string("ear.status")).isEqualTo("warning");
    assertThat(cpu.string("ear.appraisal-policy-id")).isEqualTo("default");
    assertThat(
            cpu.object("ear.veraison.annotated-evidence")
                .object("runtime_data_claims")
                .require("tee-pubkey"))
        .isEqualTo(guest.key.publicKey().toJson());
    assertThat(cpu.require("cofferdam.insecure").write()).contains("development:foundry");
  }

  @Test
  void decisionsAreToldWithTheirChecksInFull() throws Exception {
    otherGuest("other").attest(broker);
    guest.attest(broker);
    broker.kbs.resource(guest.cookie, Optional.empty(), SECRET);
    List<Json> decisions =
        broker.admin.decisions(WORKLOAD, -1, Duration.ZERO).asObject("d").array("decisions");
    assertThat(decisions).hasSize(2);
    Json.Obj refused = decisions.get(0).asObject("decision");
    assertThat(refused.string("decision")).isEqualTo("refused");
    assertThat(refused.array("failedChecks").getFirst().asObject("check").string("remedy"))
        .isNotBlank();
    Json.Obj released = decisions.get(1).asObject("decision");
    assertThat(released.require("resources").write()).isEqualTo("[\"" + SECRET + "\"]");
    assertThat(released.object("record").integer("index")).isEqualTo(released.integer("seq"));
    assertThat(
            broker
                .admin
                .decisions(WORKLOAD, released.integer("seq"), Duration.ofMillis(1))
                .asObject("d")
                .array("decisions"))
        .isEmpty();
  }

  @Test
  void anUploadedPolicyNarrowsWhatTheBuiltInOneGivesFromThenOn() throws Exception {
    guest.attest(broker);
    broker.admin.putResourcePolicy(
        "test",
        """
        package policy
        import rego.v1
        default allow := false
        allow if {
          data.plugin == "resource"
          data["resource-path"] == ["default", "orders-db", "password"]
          input.submods.cpu0["ear.status"] == "affirming"
        }
        """);
    KbsAnswer denied = broker.kbs.resource(guest.cookie, Optional.empty(), SECRET);
    assertThat(text(denied)).contains("PolicyDeny");
    assertThat(broker.lastRecord().reasons().getFirst().id()).isEqualTo("release.resource-policy");
    broker.admin.putResourcePolicy(
        "test",
        """
        package policy
        import rego.v1
        allow if input.submods.cpu0["cofferdam.workload"] == "default/orders"
        """);
    assertThat(guest.open(broker.kbs.resource(guest.cookie, Optional.empty(), SECRET)))
        .isEqualTo("top secret");
    assertThat(Objects.requireNonNull(broker.lastRecord().policy()).name())
        .isEqualTo("release+rego");
  }

  @Test
  void anUploadedPolicyCannotWidenWhatTheBuiltInOneGives() throws Exception {
    guest.attest(broker);
    broker.admin.putResourcePolicy("test", "package policy\nimport rego.v1\nallow := true\n");
    broker.kbs.resource(guest.cookie, Optional.empty(), "default/other-db/password");
    assertThat(broker.lastRecord().reasons().getFirst().id()).isEqualTo("release.granted");
  }

  @Test
  void whatIsNoPolicyIsNotPutInForce() throws Exception {
    for (String text : List.of("", "allow", "package policy\n", "package other\nallow := true\n")) {
      assertThatThrownBy(() -> broker.admin.putResourcePolicy("test", text))
          .isInstanceOf(MalformedEvidenceException.class);
    }
    assertThat(broker.admin.resourcePolicy()).isEqualTo(Json.Null.NULL);
  }

  private TestGuest otherGuest(String args) {
    return new TestGuest(clock.instant(), TestBroker.initData(WORKLOAD), args, Hook.none());
  }

  /** Refused without a reason for the guest, with this one on record, and nothing released. */
  private void refused(KbsAnswer answer, String check) throws IOException {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(text(answer)).contains("errors/").doesNotContain(check);
    assertThat(broker.lastRecord().decision()).isEqualTo(Decision.REFUSED);
    assertThat(broker.lastRecord().reasons()).extracting(Reason::id).contains(check);
    assertThat(broker.records()).noneMatch(r -> r.decision() == Decision.RELEASED);
  }

  private static String text(KbsAnswer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
