// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.Decision;
import org.cofferdam.core.protocol.kbs.Challenge;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.services.broker.admin.AdminTokens;
import org.cofferdam.services.broker.kbs.KbsAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of attempts by others than the guest: none succeeds, and each leaves a record. */
@Tag("full")
class HostileTest {
  private static final int CHANGED = Integer.getInteger("cofferdam.test.messages", 150);

  @TempDir Path folder;
  private final TestClock clock = new TestClock();
  private final Random random = new Random(5);
  private final Map<String, Integer> counts = new TreeMap<>();
  private TestGuest guest;
  private TestBroker broker;
  private long before;

  @BeforeEach
  void open() throws Exception {
    guest =
        new TestGuest(
            clock.instant(),
            TestBroker.initData(TestBroker.WORKLOAD),
            TestBroker.ARGS,
            Hook.none());
    broker = new TestBroker(folder, clock, guest.tpm.root().publicKey(), true);
    broker.register(TestBroker.WORKLOAD, TestBroker.SECRET);
    before = broker.outbox.size();
  }

  @AfterEach
  void close() throws Exception {
    broker.close();
  }

  @Test
  void noneSucceedsAndEachLeavesARecord() throws Exception {
    Challenge challenge =
        guest.challenge(broker.kbs.auth(TestGuest.bytes(guest.request().toJson())));
    byte[] good = TestGuest.bytes(guest.attestation(challenge).toJson(guest.version));
    String cookie = guest.cookie.orElseThrow();
    changedMessages(good, cookie);
    for (int i = 0; i < 50; i++) {
      // The challenge was answered by the first of the changed messages that was well formed.
      refused("challenge used again", broker.kbs.attest(guest.cookie, good));
    }
    cookies(cookie, good);
    String token = TestGuest.token(guest.attest(broker));
    tokens(token);
    paths(token);
    administrators();
    long released =
        broker.records().stream().filter(r -> r.decision() == Decision.RELEASED).count();
    assertThat(released).isZero();
    System.out.println(counts + ", in all " + counts.values().stream().mapToInt(i -> i).sum());
  }

  /** Bytes changed, dropped, doubled, cut off, and members exchanged. */
  private void changedMessages(byte[] good, String cookie) throws Exception {
    for (int i = 0; i < CHANGED; i++) {
      byte[] changed = good.clone();
      switch (random.nextInt(4)) {
        case 0 -> changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        case 1 -> changed = Arrays.copyOf(changed, random.nextInt(changed.length));
        case 2 -> changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        default -> {
          int at = random.nextInt(changed.length);
          int from = random.nextInt(changed.length);
          int length = Math.min(random.nextInt(64), changed.length - Math.max(at, from));
          System.arraycopy(good, from, changed, at, length);
        }
      }
      if (!Arrays.equals(changed, good)) {
        clockTick();
        refused("message changed", broker.kbs.attest(Optional.of(cookie), changed));
      }
      byte[] request = new byte[random.nextInt(200)];
      random.nextBytes(request);
      refused("request of noise", broker.kbs.auth(request));
    }
    for (String deep :
        List.of("[".repeat(100_000), "{\"a\":".repeat(50_000), "\"" + "x".repeat(1 << 20))) {
      refused("nested or long", broker.kbs.auth(deep.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private void cookies(String cookie, byte[] good) throws Exception {
    for (int i = 0; i < 300; i++) {
      char[] changed = cookie.toCharArray();
      int at = random.nextInt(changed.length);
      changed[at] = (char) (changed[at] ^ 1);
      if (!cookie.equals(new String(changed))) {
        clockTick();
        refused("session changed", broker.kbs.attest(Optional.of(new String(changed)), good));
      }
    }
  }

  private void tokens(String token) throws Exception {
    List<String> forged = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      forged.addAll(ForgedTokens.of(List.of(token.split("\\.", -1))));
    }
    for (int i = 0; i < 300; i++) {
      char[] changed = token.toCharArray();
      int at = random.nextInt(changed.length);
      changed[at] = (char) (changed[at] ^ 1);
      forged.add(new String(changed));
    }
    for (String one : forged) {
      clockTick();
      // The last character of a base64url text may have bits that nobody reads: those are refused
      // too.
      refused(
          "token forged or changed",
          broker.kbs.resource(Optional.empty(), Optional.of(one), TestBroker.SECRET));
    }
  }

  private void paths(String token) throws Exception {
    String[] parts = {
      "default", "orders-db", "password", "..", ".", "", "*", "%2e%2e", "\\", "\0", "a b"
    };
    for (int i = 0; i < 500; i++) {
      List<String> path = new ArrayList<>();
      for (int j = random.nextInt(5); j >= 0; j--) {
        path.add(parts[random.nextInt(parts.length)]);
      }
      String text = String.join("/", path);
      if (!text.equals(TestBroker.SECRET)) {
        clockTick();
        refused("path", broker.kbs.resource(Optional.empty(), Optional.of(token), text));
      }
    }
  }

  /** Tokens of other keys, and a good signature with the wrong content. */
  private void administrators() throws Exception {
    KeyPair own = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    AdminTokens gate = new AdminTokens(own.getPublic(), clock);
    for (int i = 0; i < 300; i++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      assertThat(gate.actor(new String(noise, StandardCharsets.ISO_8859_1))).isEmpty();
      counts.merge("administrator's token of noise", 1, Integer::sum);
    }
  }

  /** Refusals are recorded one by one only so fast, so time goes on. */
  private void clockTick() {
    clock.move(Duration.ofMillis(120));
  }

  private void refused(String what, KbsAnswer answer) throws Exception {
    assertThat(answer.status()).as(what).isIn(401, 404);
    Json.Obj body = Json.parse(answer.body()).asObject("error");
    assertThat(body.string("type")).contains("/kbs/errors/");
    counts.merge(what, 1, Integer::sum);
    long now = broker.outbox.size();
    if (now == before) {
      counts.merge("(of them only counted on record)", 1, Integer::sum);
    }
    before = now;
  }
}
