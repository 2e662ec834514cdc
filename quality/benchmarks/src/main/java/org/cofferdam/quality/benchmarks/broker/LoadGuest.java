// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.benchmarks.broker;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Challenge;
import org.cofferdam.core.protocol.kbs.Curve;
import org.cofferdam.core.protocol.kbs.InitData;
import org.cofferdam.core.protocol.kbs.KbsAttestation;
import org.cofferdam.core.protocol.kbs.KbsRequest;
import org.cofferdam.core.protocol.kbs.KbsVersion;
import org.cofferdam.core.protocol.kbs.ResourceJwe;
import org.cofferdam.core.protocol.kbs.RuntimeData;
import org.cofferdam.core.protocol.kbs.TeeKeyPair;
import org.cofferdam.quality.foundry.TestTee;

/** A guest that does the whole handshake and opens its secret, each time with a fresh key. */
final class LoadGuest {
  private static final KbsVersion VERSION = KbsVersion.V0_4_0;

  private final URI server;
  private final TestTee tee;
  private final String initData;
  private final String secret;
  private final SecureRandom random = new SecureRandom();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  LoadGuest(URI server, TestTee tee, String initData, String secret) {
    this.server = server;
    this.tee = tee;
    this.initData = initData;
    this.secret = secret;
  }

  /**
   * @throws IOException where the server refuses at any step
   */
  void handshake() throws IOException, InterruptedException {
    TeeKeyPair key = TeeKeyPair.generate(Curve.P256, random);
    HttpResponse<byte[]> challenged =
        send("POST", "auth", "", new KbsRequest(VERSION.wire(), tee.wire(), Json.of("")).toJson());
    String cookie = challenged.headers().firstValue("Set-Cookie").orElse("").replaceAll(";.*", "");
    Challenge challenge = Challenge.fromJson(Json.parse(challenged.body()));
    RuntimeData data = new RuntimeData(challenge.nonce(), key.publicKey());
    byte[] evidence =
        tee.evidence().apply(data.digest(VERSION, "")).getBytes(StandardCharsets.UTF_8);
    send(
        "POST",
        "attest",
        cookie,
        new KbsAttestation(new InitData(initData), data, Json.parse(evidence), "").toJson(VERSION));
    HttpResponse<byte[]> released = send("GET", "resource/" + secret, cookie, Json.Null.NULL);
    try (SecretBytes opened = key.open(ResourceJwe.fromJson(Json.parse(released.body())))) {
      if (opened.length() == 0) {
        throw new IOException("the secret is empty");
      }
    }
  }

  private HttpResponse<byte[]> send(String method, String path, String cookie, Json body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("/kbs/v0/" + path))
            .method(
                method,
                body == Json.Null.NULL
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body.write()));
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(path + ": " + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return answer;
  }
}
