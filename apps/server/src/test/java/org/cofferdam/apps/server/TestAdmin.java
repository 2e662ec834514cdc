// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Base64Text;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.core.reference.ReferenceValue;

/** An administrator with a key of its own, over the plain loopback listener. */
final class TestAdmin {
  private final KeyPair pair;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  TestAdmin() throws Exception {
    pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  void writePublicKey(Path file) throws IOException {
    Files.writeString(
        file,
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n");
  }

  /** Registers the guest of the foundry with the expected command, and one secret. */
  void register(URI server, String secret, String value) throws Exception {
    register(server, "", secret, value);
  }

  /**
   * @param prefix of the tenant's paths
   */
  void register(URI server, String prefix, String secret, String value) throws Exception {
    ReferenceSet references =
        new ReferenceSet(
            FoundryEvidence.WORKLOAD,
            List.of(
                ReferenceValue.predicted(
                    "pod.init-data",
                    "/pod/init-data",
                    Json.of(FoundryEvidence.initDataDigest().hex()),
                    "init-data"),
                ReferenceValue.predicted(
                    "pod.main.args",
                    "/pod/containers/main/args",
                    Json.strings(List.of("serve")),
                    "command")));
    Json body =
        Json.object()
            .put("references", references.toJson())
            .put("initdata", FoundryEvidence.INIT_DATA)
            .put("secrets", Json.strings(List.of(secret)))
            .build();
    require(
        200, send(server, "PUT", prefix + "/api/v1/workloads/default/orders", body.write(), true));
    require(200, send(server, "POST", prefix + "/kbs/v0/resource/" + secret, value, true));
  }

  HttpResponse<String> send(URI server, String method, String path, String body, boolean authorized)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .method(method, BodyPublishers.ofString(body));
    if (authorized) {
      request.header("Authorization", "Bearer " + token());
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static void require(int status, HttpResponse<String> response) {
    if (response.statusCode() != status) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
  }

  private String token() throws Exception {
    String signed =
        part("{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}")
            + "."
            + part("{\"role\":\"admin\",\"exp\":" + (Instant.now().getEpochSecond() + 60) + "}");
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + Base64Text.url(signature.sign());
  }

  private static String part(String text) {
    return Base64Text.url(text.getBytes(StandardCharsets.UTF_8));
  }
}
