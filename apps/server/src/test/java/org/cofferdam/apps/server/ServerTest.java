// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.guest.kbs.BrokerAddress;
import org.cofferdam.services.guest.kbs.BrokerException;
import org.cofferdam.services.guest.kbs.KbsClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server over its sockets, with the guest's own client. */
class ServerTest {
  private static final String SECRET = "default/orders-db/password";

  @TempDir Path folder;

  private final SecureRandom random = new SecureRandom();
  private FoundryEvidence evidence;
  private TestAdmin admin;
  private Path config;
  private Server server;

  @BeforeEach
  void start() throws Exception {
    evidence = new FoundryEvidence("serve");
    admin = new TestAdmin();
    config = TestConfig.write(folder, admin, evidence.root());
    server = run();
    admin.register(plain(), SECRET, "hunter2");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void aGuestGetsItsSecretOverPinnedTlsAlsoAfterARestart() throws Exception {
    assertThat(fetch(pin())).isEqualTo("hunter2");
    String before = server.ready().asObject("ready").string("tlsKey");
    server.close();
    server = run();
    assertThat(server.ready().asObject("ready").string("tlsKey")).isEqualTo(before);
    assertThat(fetch(pin())).isEqualTo("hunter2");
  }

  @Test
  void aGuestDoesNotTalkToAnotherKey() {
    assertThatThrownBy(() -> fetch(new byte[32])).isInstanceOf(IOException.class);
  }

  @Test
  void anotherCommandGetsNothingAndTheAdministratorSeesWhy() throws Exception {
    FoundryEvidence thief = new FoundryEvidence("steal");
    server.close();
    config = TestConfig.write(folder, admin, thief.root());
    server = run();
    try (KbsClient client = KbsClient.connect(address(), pin(), random)) {
      assertThatThrownBy(() -> client.attest(thief)).isInstanceOf(BrokerException.class);
    }
    Json.Obj decision = decisions(-1, 0).getLast().asObject("decision");
    assertThat(decision.string("decision")).isEqualTo("refused");
    Json.Obj check = decision.array("failedChecks").getFirst().asObject("check");
    assertThat(check.string("id")).isEqualTo("pod.main.args");
    assertThat(check.string("found")).isEqualTo("[\"steal\"]");
  }

  @Test
  void whoWaitsForADecisionIsTold() throws Exception {
    Thread guest = Thread.startVirtualThread(() -> fetchQuietly());
    List<Json> decisions = decisions(-1, 30);
    guest.join(Duration.ofSeconds(60));
    assertThat(decisions.getFirst().asObject("d").string("decision")).isEqualTo("released");
  }

  @Test
  void theLogIsServedAndCoversTheRelease() throws Exception {
    fetch(pin());
    long index = decisions(-1, 10).getLast().asObject("d").object("record").integer("index");
    String checkpoint = "";
    for (int i = 0; i < 100 && size(checkpoint) <= index; i++) {
      Thread.sleep(50);
      checkpoint = get("/log/checkpoint").body();
    }
    assertThat(size(checkpoint)).isGreaterThan(index);
    assertThat(get("/log/tile/entries/000.p/" + size(checkpoint)).statusCode()).isEqualTo(200);
    for (String path :
        List.of("/log/../store.db", "/log/tile/../../store.key", "/log/.lock", "/log/")) {
      assertThat(get(path).statusCode()).as(path).isIn(400, 404);
    }
  }

  @Test
  void nobodyAdministersWithoutAToken() throws Exception {
    List<HttpResponse<String>> answers =
        List.of(
            admin.send(plain(), "GET", "/api/v1/workloads", "", false),
            admin.send(plain(), "PUT", "/api/v1/workloads/default/x", "{}", false),
            admin.send(plain(), "GET", "/api/v1/workloads/default/orders/decisions", "", false),
            admin.send(plain(), "POST", "/kbs/v0/resource/a/b/c", "x", false),
            admin.send(plain(), "DELETE", "/kbs/v0/resource/" + SECRET, "", false));
    assertThat(answers).allMatch(a -> a.statusCode() == 401);
    assertThat(answers.getLast().body()).contains("Cannot verify token with any of the issuers");
    TestAdmin stranger = new TestAdmin();
    assertThat(stranger.send(plain(), "GET", "/api/v1/workloads", "", true).statusCode())
        .isEqualTo(401);
  }

  @Test
  void whatIsNoEndpointIsAnsweredInTheProtocolsWords() throws Exception {
    for (String[] call :
        new String[][] {{"GET", "auth"}, {"PUT", "attest"}, {"GET", "nebula/x"}, {"POST", ""}}) {
      HttpResponse<String> answer = admin.send(plain(), call[0], "/kbs/v0/" + call[1], "", false);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("errors/PluginNotFound");
    }
  }

  @Test
  void aBodyBeyondTheLimitIsNotRead() throws Exception {
    HttpResponse<String> answer =
        admin.send(plain(), "POST", "/kbs/v0/auth", "x".repeat((2 << 20) + 1), false);
    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void aMalformedRegistrationIsExplained() throws Exception {
    HttpResponse<String> answer =
        admin.send(plain(), "PUT", "/api/v1/workloads/default/orders", "{\"secret\":1}", true);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(
            Json.parse(answer.body().getBytes(StandardCharsets.UTF_8)).asObject("e").string("code"))
        .isEqualTo("request.malformed");
  }

  @Test
  void healthSaysThatTheServerIsForDevelopment() throws Exception {
    assertThat(get("/healthz").body()).contains("\"development\":true", "broker:development");
    assertThat(get("/.well-known/jwks.json").body()).contains("\"crv\":\"P-256\"", "x5c");
  }

  private Server run() throws Exception {
    return Server.start(
        new Options(Optional.of(config), false).load(Map.of()), InstantSource.system(), random);
  }

  private String fetch(byte[] pin) throws Exception {
    try (KbsClient client = KbsClient.connect(address(), pin, random)) {
      client.attest(evidence);
      try (SecretBytes secret = client.resource(SECRET)) {
        return secret.lend(bytes -> new String(bytes, StandardCharsets.UTF_8));
      }
    }
  }

  private void fetchQuietly() {
    try {
      fetch(pin());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private List<Json> decisions(long after, int wait) throws Exception {
    String path = "/api/v1/workloads/default/orders/decisions?after=" + after + "&wait=" + wait;
    String body = admin.send(plain(), "GET", path, "", true).body();
    return Json.parse(body.getBytes(StandardCharsets.UTF_8))
        .asObject("decisions")
        .array("decisions");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return admin.send(plain(), "GET", path, "", false);
  }

  private static long size(String checkpoint) {
    String[] lines = checkpoint.split("\n", -1);
    return lines.length < 2 ? 0 : Long.parseLong(lines[1]);
  }

  private URI url(String name) {
    return URI.create(server.ready().asObject("ready").object("urls").string(name));
  }

  private URI plain() {
    return url("plain");
  }

  private BrokerAddress address() {
    URI base = url("base");
    return new BrokerAddress(base.getHost(), base.getPort());
  }

  private byte[] pin() {
    return Hex.decode(
        server.ready().asObject("ready").string("tlsKey").substring("sha256:".length()));
  }
}
