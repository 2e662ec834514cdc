// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.kbs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Challenge;
import org.cofferdam.core.protocol.kbs.Curve;
import org.cofferdam.core.protocol.kbs.InitData;
import org.cofferdam.core.protocol.kbs.KbsAttestation;
import org.cofferdam.core.protocol.kbs.KbsError;
import org.cofferdam.core.protocol.kbs.KbsRequest;
import org.cofferdam.core.protocol.kbs.KbsResponse;
import org.cofferdam.core.protocol.kbs.KbsVersion;
import org.cofferdam.core.protocol.kbs.ResourceJwe;
import org.cofferdam.core.protocol.kbs.RuntimeData;
import org.cofferdam.core.protocol.kbs.TeeKeyPair;
import org.cofferdam.core.protocol.tls.PinnedKey;

/**
 * The guest's side of the KBS protocol, version 0.4.0: one handshake, then resources, over one
 * connection. A refusal is final: it is not tried again.
 */
public final class KbsClient implements AutoCloseable {
  private static final String COOKIE = "kbs-session-id=";
  private static final byte[] NOTHING = {};

  private final HttpConnection connection;
  private final TeeKeyPair key;
  private String cookie = "";

  private KbsClient(HttpConnection connection, TeeKeyPair key) {
    this.connection = connection;
    this.key = key;
  }

  /**
   * Connects, and attests with a fresh key.
   *
   * @param pin SHA-256 of the SubjectPublicKeyInfo that the broker must have
   * @throws BrokerException where the broker refuses
   */
  public static KbsClient connect(BrokerAddress address, byte[] pin, SecureRandom random)
      throws IOException {
    TeeKeyPair key = TeeKeyPair.generate(Curve.P256, random);
    return new KbsClient(
        HttpConnection.open(address.host(), address.port(), PinnedKey.context(pin, random)), key);
  }

  /** The handshake: request, challenge, attestation, response. */
  public void attest(Evidence evidence) throws IOException {
    KbsVersion version = KbsVersion.V0_4_0;
    KbsRequest request = new KbsRequest(version.wire(), evidence.tee(), evidence.offer());
    Challenge challenge = Challenge.fromJson(post("auth", request.toJson()));
    String initData = evidence.initData();
    RuntimeData runtimeData = new RuntimeData(challenge.nonce(), key.publicKey());
    byte[] reportData = runtimeData.digest(version, "");
    KbsAttestation attestation =
        new KbsAttestation(
            initData == null ? null : new InitData(initData),
            runtimeData,
            evidence.collect(challenge, reportData),
            "");
    KbsResponse.fromJson(post("attest", attestation.toJson(version)));
  }

  /**
   * @param name {@code repository/type/tag}
   */
  public SecretBytes resource(String name) throws IOException {
    HttpAnswer answer = connection.send("GET", "/kbs/v0/resource/" + name, headers(), NOTHING);
    Json json = body(answer, "resource " + name);
    return key.open(ResourceJwe.fromJson(json));
  }

  private Json post(String path, Json message) throws IOException {
    byte[] body = message.write().getBytes(StandardCharsets.UTF_8);
    HttpAnswer answer =
        connection.send(
            "POST", "/kbs/v0/" + path, headers() + "Content-Type: application/json\r\n", body);
    Json json = body(answer, path);
    keepCookie(answer);
    return json;
  }

  private String headers() {
    return cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n";
  }

  private void keepCookie(HttpAnswer answer) {
    for (String value : answer.cookies()) {
      if (value.startsWith(COOKIE)) {
        int end = value.indexOf(';');
        cookie = end < 0 ? value : value.substring(0, end);
      }
    }
  }

  private static Json body(HttpAnswer answer, String what) throws IOException {
    if (answer.status() != 200) {
      throw new BrokerException(answer.status(), what + ": " + refusal(answer));
    }
    return Json.parse(answer.body());
  }

  private static String refusal(HttpAnswer answer) {
    try {
      KbsError error = KbsError.fromJson(Json.parse(answer.body()));
      return error.variant() + ", " + error.detail();
    } catch (MalformedEvidenceException e) {
      return "status " + answer.status() + " without a reason";
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
