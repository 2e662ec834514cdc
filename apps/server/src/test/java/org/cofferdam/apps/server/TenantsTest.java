// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Challenge;
import org.cofferdam.core.protocol.kbs.Curve;
import org.cofferdam.core.protocol.kbs.InitData;
import org.cofferdam.core.protocol.kbs.KbsAttestation;
import org.cofferdam.core.protocol.kbs.KbsRequest;
import org.cofferdam.core.protocol.kbs.KbsResponse;
import org.cofferdam.core.protocol.kbs.KbsVersion;
import org.cofferdam.core.protocol.kbs.ResourceJwe;
import org.cofferdam.core.protocol.kbs.RuntimeData;
import org.cofferdam.core.protocol.kbs.TeeKeyPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of one tenant opens anything of another. */
class TenantsTest {
  private static final String SECRET = "default/orders-db/password";
  private static final KbsVersion VERSION = KbsVersion.V0_4_0;

  @TempDir Path folder;
  private final SecureRandom random = new SecureRandom();
  private final FoundryEvidence evidence = new FoundryEvidence("serve");
  private final TeeKeyPair key = TeeKeyPair.generate(Curve.P256, random);
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private TestAdmin admin;
  private TestAdmin red;
  private TestAdmin blue;
  private Server server;

  @BeforeEach
  void start() throws Exception {
    admin = new TestAdmin();
    red = new TestAdmin();
    blue = new TestAdmin();
    Path config = TestConfig.write(folder, admin, evidence.root());
    red.writePublicKey(folder.resolve("red.pub"));
    blue.writePublicKey(folder.resolve("blue.pub"));
    String tenants =
        "{\"tenants\":[{\"name\":\"red\",\"adminKeys\":[\"red.pub\"]},"
            + "{\"name\":\"blue\",\"adminKeys\":[\"blue.pub\"]}],";
    Files.writeString(config, tenants + Files.readString(config).substring(1));
    server =
        Server.start(
            new Options(Optional.of(config), false).load(Map.of()), InstantSource.system(), random);
    admin.register(plain(), SECRET, "of the first");
    red.register(plain(), "/t/red", SECRET, "of red");
    blue.register(plain(), "/t/blue", SECRET, "of blue");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void aGuestOfOneGetsItsOwnSecretAndNobodyElses() throws Exception {
    HttpResponse<byte[]> begun =
        send(
            "POST",
            "/t/red/kbs/v0/auth",
            new KbsRequest(VERSION.wire(), "tpm", evidence.offer()).toJson(),
            Map.of());
    String setCookie = begun.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(setCookie).contains("Path=/t/red/kbs/v0");
    Map<String, String> cookie = Map.of("Cookie", setCookie.replaceAll(";.*", ""));
    Challenge challenge = Challenge.fromJson(Json.parse(begun.body()));
    RuntimeData data = new RuntimeData(challenge.nonce(), key.publicKey());
    Json attestation =
        new KbsAttestation(
                new InitData(FoundryEvidence.INIT_DATA),
                data,
                evidence.collect(challenge, data.digest(VERSION, "")),
                "")
            .toJson(VERSION);
    for (String other : List.of("", "/t/blue")) {
      assertThat(send("POST", other + "/kbs/v0/attest", attestation, cookie).statusCode())
          .isEqualTo(401);
    }
    HttpResponse<byte[]> attested = send("POST", "/t/red/kbs/v0/attest", attestation, cookie);
    String token = KbsResponse.fromJson(Json.parse(attested.body())).token();
    Map<String, String> bearer = Map.of("Authorization", "Bearer " + token);
    for (Map<String, String> proof : List.of(cookie, bearer)) {
      for (String other : List.of("", "/t/blue")) {
        assertThat(get(other + "/kbs/v0/resource/" + SECRET, proof).statusCode()).isEqualTo(401);
      }
      HttpResponse<byte[]> own = get("/t/red/kbs/v0/resource/" + SECRET, proof);
      try (SecretBytes secret = key.open(ResourceJwe.fromJson(Json.parse(own.body())))) {
        String opened = secret.lend(bytes -> new String(bytes, StandardCharsets.UTF_8));
        assertThat(opened).isEqualTo("of red");
      }
    }
  }

  @Test
  void anAdministratorOfOneAdministersNoOther() throws Exception {
    Map<String, TestAdmin> own = Map.of("", admin, "/t/red", red, "/t/blue", blue);
    for (String prefix : own.keySet()) {
      for (String other : own.keySet()) {
        int status =
            own.get(prefix)
                .send(plain(), "GET", other + "/api/v1/resources", "", true)
                .statusCode();
        assertThat(status).isEqualTo(prefix.equals(other) ? 200 : 401);
      }
    }
  }

  @Test
  void whoIsNoTenantHasNoPaths() throws Exception {
    for (String path : List.of("/t/", "/t/green/kbs/v0/auth", "/t/red", "/t/../api/v1/resources")) {
      assertThat(get(path, Map.of()).statusCode()).as(path).isIn(400, 404);
    }
  }

  @Test
  void eachHasALogOfItsOwn() throws Exception {
    assertThat(text(get("/t/red/log/checkpoint", Map.of())))
        .startsWith("cofferdam.local/log/red\n");
    assertThat(text(get("/log/checkpoint", Map.of()))).startsWith("cofferdam.local/log\n");
  }

  private HttpResponse<byte[]> get(String path, Map<String, String> headers) throws Exception {
    return send("GET", path, Json.Null.NULL, headers);
  }

  private HttpResponse<byte[]> send(
      String method, String path, Json body, Map<String, String> headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(plain().toString().replaceAll("/$", "") + path))
            .method(
                method,
                body == Json.Null.NULL
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body.write()));
    headers.forEach(request::header);
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private URI plain() {
    return URI.create(server.ready().asObject("ready").object("urls").string("plain"));
  }
}
