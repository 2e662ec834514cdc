// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.Decision;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.protocol.kbs.Challenge;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.services.broker.kbs.KbsAnswer;
import org.cofferdam.services.broker.store.PostgresDatabase;
import org.cofferdam.services.broker.store.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers over one PostgreSQL and one log folder, and a database that fails. */
@Tag("full")
class ReplicasTest {
  private static final String WORKLOAD = TestBroker.WORKLOAD;
  private static final String SECRET = TestBroker.SECRET;
  @AutoClose private static TestPostgres postgres;

  @TempDir Path folder;
  private final TestClock clock = new TestClock();
  private final TestGuest guest =
      new TestGuest(clock.instant(), TestBroker.initData(WORKLOAD), TestBroker.ARGS, Hook.none());
  private String url = "";
  private TestBroker one;
  private TestBroker other;

  @BeforeAll
  static void begin() throws Exception {
    postgres = new TestPostgres();
  }

  @BeforeEach
  void open() throws Exception {
    url = postgres.newDatabase();
    one = broker();
    other = broker();
    one.register(WORKLOAD, SECRET);
  }

  @AfterEach
  void close() throws Exception {
    other.close();
    one.close();
  }

  private TestBroker broker() throws Exception {
    return new TestBroker(
        folder,
        PostgresDatabase.open(url, "cofferdam", "", "broker"),
        clock,
        List.of(
            new TrustAnchor(
                "foundry",
                "tpm-ek",
                Bytes.of(guest.tpm.root().publicKey()),
                TrustAnchor.Origin.DEVELOPMENT)),
        List.of(),
        true);
  }

  @Test
  void eachStepOfAHandshakeMayBeAnotherServers() throws Exception {
    Challenge challenge = guest.challenge(one.kbs.auth(TestGuest.bytes(guest.request().toJson())));
    KbsAnswer attested =
        other.kbs.attest(
            guest.cookie, TestGuest.bytes(guest.attestation(challenge).toJson(guest.version)));
    assertThat(attested.status()).isEqualTo(200);
    assertThat(guest.open(one.kbs.resource(guest.cookie, Optional.empty(), SECRET)))
        .isEqualTo("top secret");
    assertThat(
            guest.open(
                one.kbs.resource(Optional.empty(), Optional.of(TestGuest.token(attested)), SECRET)))
        .isEqualTo("top secret");
  }

  @Test
  void aChallengeIsAnsweredOnceWhereverItGoes() throws Exception {
    Challenge challenge = guest.challenge(one.kbs.auth(TestGuest.bytes(guest.request().toJson())));
    byte[] body = TestGuest.bytes(guest.attestation(challenge).toJson(guest.version));
    assertThat(one.kbs.attest(guest.cookie, body).status()).isEqualTo(200);
    assertThat(other.kbs.attest(guest.cookie, body).status()).isEqualTo(401);
  }

  @Test
  void aChangeHoldsOnEveryServerAtOnce() throws Exception {
    guest.attest(other);
    assertThat(other.kbs.resource(guest.cookie, Optional.empty(), SECRET).status()).isEqualTo(200);
    one.broker
        .limits()
        .revoke(
            "test",
            bytes("{\"kind\":\"workload\",\"value\":\"default/orders\",\"reason\":\"stolen\"}"));
    assertThat(other.kbs.resource(guest.cookie, Optional.empty(), SECRET).status()).isEqualTo(401);
    assertThat(guest.attest(other).status()).isEqualTo(401);
    assertThat(one.lastRecord().reasons().getFirst().id()).isEqualTo("release.not-revoked");
  }

  @Test
  void noServerGoesOnDenyingByAPolicyThatWasReplaced() throws Exception {
    guest.attest(other);
    one.admin.putResourcePolicy("test", "package policy\nimport rego.v1\nallow := false\n");
    assertThat(other.kbs.resource(guest.cookie, Optional.empty(), SECRET).status()).isEqualTo(401);
    one.admin.putResourcePolicy("test", "package policy\nimport rego.v1\nallow := true\n");
    assertThat(other.kbs.resource(guest.cookie, Optional.empty(), SECRET).status()).isEqualTo(200);
  }

  @Test
  void theLastPermittedReleaseIsMadeOnceHoweverManyRaceForIt() throws Exception {
    guest.attest(one);
    int rounds = 25;
    int racers = 8;
    int made = 0;
    for (int round = 0; round < rounds; round++) {
      one.broker.limits().putRule("test", SECRET, bytes("{\"maxReleases\":1}"));
      CountDownLatch start = new CountDownLatch(1);
      List<Future<KbsAnswer>> answers = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(racers)) {
        for (int i = 0; i < racers; i++) {
          TestBroker its = i % 2 == 0 ? one : other;
          answers.add(
              threads.submit(
                  () -> {
                    start.await();
                    return its.kbs.resource(guest.cookie, Optional.empty(), SECRET);
                  }));
        }
        start.countDown();
        int now = 0;
        for (Future<KbsAnswer> answer : answers) {
          now += answer.get().status() == 200 ? 1 : 0;
        }
        assertThat(now).isEqualTo(1);
        made += now;
      }
    }
    long onRecord = one.records().stream().filter(r -> r.decision() == Decision.RELEASED).count();
    assertThat(onRecord).isEqualTo(made);
    System.out.println(
        rounds + " races of " + racers + " over two servers: " + made + " releases, none twice");
  }

  @Test
  void whenOneServerGoesTheOtherKeepsTheLog() throws Exception {
    guest.attest(one);
    long before = one.records().size();
    one.close();
    assertThat(other.kbs.resource(guest.cookie, Optional.empty(), SECRET).status()).isEqualTo(200);
    List<LedgerRecord> records = other.records();
    assertThat(records).hasSize((int) before + 1);
    one = broker();
  }

  @Test
  void whileTheDatabaseIsDownNothingIsReleasedAndAfterwardsAllIsAsBefore() throws Exception {
    guest.attest(one);
    postgres.kill();
    assertThatThrownBy(() -> one.kbs.resource(guest.cookie, Optional.empty(), SECRET))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> guest.attest(one)).isInstanceOf(IOException.class);
    postgres.start();
    assertThat(eventually(() -> guest.attest(one)).status()).isEqualTo(200);
    assertThat(
            guest.open(eventually(() -> one.kbs.resource(guest.cookie, Optional.empty(), SECRET))))
        .isEqualTo("top secret");
    assertThat(one.records().getLast().decision()).isEqualTo(Decision.RELEASED);
  }

  @Test
  void aSlowDatabaseDelaysAReleaseAndLosesNone() throws Exception {
    guest.attest(one);
    try (Connection lock = DriverManager.getConnection(url, "cofferdam", "");
        Statement statement = lock.createStatement();
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      statement.execute("BEGIN");
      statement.execute("UPDATE broker.outbox_state SET next = next");
      Future<KbsAnswer> answer =
          threads.submit(() -> one.kbs.resource(guest.cookie, Optional.empty(), SECRET));
      Thread.sleep(Duration.ofMillis(1500));
      assertThat(answer.isDone()).isFalse();
      statement.execute("ROLLBACK");
      assertThat(answer.get().status()).isEqualTo(200);
    }
  }

  /** A call that may fail while connections find out that their server is another. */
  private interface Call {
    KbsAnswer make() throws Exception;
  }

  private static KbsAnswer eventually(Call call) throws Exception {
    for (int attempt = 0; attempt < 10; attempt++) {
      try {
        return call.make();
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    return call.make();
  }

  private static byte[] bytes(String text) {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8)).canonical();
  }
}
