// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.broker;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import java.util.function.Function;
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

/** A guest that takes the protocol one step at a time, over HTTP. */
final class OutsideGuest {
  private static final KbsVersion VERSION = KbsVersion.V0_4_0;

  private final ServerProcess server;
  private final TeeKeyPair key = TeeKeyPair.generate(Curve.P256, new SecureRandom());
  private String cookie = "";
  private String token = "";

  OutsideGuest(ServerProcess server) {
    this.server = server;
  }

  /**
   * @param evidence JSON over 48 bytes of report data
   * @return the answer to the evidence
   */
  HttpResponse<byte[]> attest(String tee, String initData, Function<byte[], String> evidence)
      throws Exception {
    HttpResponse<byte[]> begun =
        server.send(
            "POST",
            "/kbs/v0/auth",
            bytes(new KbsRequest(VERSION.wire(), tee, Json.of("")).toJson()),
            Map.of());
    cookie = begun.headers().firstValue("Set-Cookie").orElse("").replaceAll(";.*", "");
    String nonce = Challenge.fromJson(Json.parse(begun.body())).nonce();
    RuntimeData data = new RuntimeData(nonce, key.publicKey());
    Json shown =
        Json.parse(evidence.apply(data.digest(VERSION, "")).getBytes(StandardCharsets.UTF_8));
    HttpResponse<byte[]> answer =
        server.send(
            "POST",
            "/kbs/v0/attest",
            bytes(new KbsAttestation(new InitData(initData), data, shown, "").toJson(VERSION)),
            Map.of("Cookie", cookie));
    if (answer.statusCode() == 200) {
      token = KbsResponse.fromJson(Json.parse(answer.body())).token();
    }
    return answer;
  }

  HttpResponse<byte[]> byToken(String resource) throws Exception {
    return server.send(
        "GET",
        "/kbs/v0/resource/" + resource,
        new byte[0],
        Map.of("Authorization", "Bearer " + token));
  }

  HttpResponse<byte[]> byCookie(String resource) throws Exception {
    return server.send(
        "GET", "/kbs/v0/resource/" + resource, new byte[0], Map.of("Cookie", cookie));
  }

  String open(HttpResponse<byte[]> answer) {
    try (SecretBytes secret = key.open(ResourceJwe.fromJson(Json.parse(answer.body())))) {
      return secret.lend(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
  }

  static byte[] bytes(Json json) {
    return json.write().getBytes(StandardCharsets.UTF_8);
  }
}
