// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.broker;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
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
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;

/** A server as a process of its own, which can be killed, over a folder that stays. */
final class ServerProcess implements AutoCloseable {
  private final Path folder;
  private final Path config;
  private final KeyPair admin;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private @Nullable Process process;
  private Json.Obj ready = Json.object().build();

  /**
   * @param anchors DER of what the server is to trust, by use: certificates and public keys
   * @param collateral files
   * @param supplied files of keys that are trusted as real
   */
  ServerProcess(
      Path folder,
      Map<String, byte[]> anchors,
      Map<String, byte[]> collateral,
      Map<String, byte[]> supplied)
      throws IOException, GeneralSecurityException {
    this.folder = folder;
    admin = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Files.writeString(folder.resolve("admin.pub"), pem(admin.getPublic().getEncoded()));
    Files.createDirectories(folder.resolve("collateral"));
    for (Map.Entry<String, byte[]> file : collateral.entrySet()) {
      Files.write(folder.resolve("collateral").resolve(file.getKey()), file.getValue());
    }
    List<Json> configured = new ArrayList<>();
    for (Map.Entry<String, byte[]> anchor : anchors.entrySet()) {
      String file = anchor.getKey() + ".pem";
      Files.writeString(folder.resolve(file), pem(anchor.getValue()));
      configured.add(
          Json.object()
              .put("id", "test-" + anchor.getKey())
              .put("use", anchor.getKey())
              .put("file", file)
              .build());
    }
    for (Map.Entry<String, byte[]> anchor : supplied.entrySet()) {
      Files.write(folder.resolve(anchor.getKey()), anchor.getValue());
    }
    Json text =
        Json.object()
            .put("data", "data")
            .put("listen", "127.0.0.1:0")
            .put("listenPlain", "127.0.0.1:0")
            .put("adminKeys", Json.strings(List.of("admin.pub")))
            .put("development", !anchors.isEmpty())
            .put("developmentAnchors", Json.array(configured))
            .put("trustAnchors", Json.strings(List.copyOf(supplied.keySet())))
            .put("collateral", "collateral")
            .build();
    config = Files.writeString(folder.resolve("server.json"), text.write());
  }

  void start() throws IOException {
    Process started =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "org.cofferdam.apps.server.Main",
                "--config",
                config.toString())
            .redirectError(folder.resolve("server.log").toFile())
            .start();
    process = started;
    BufferedReader out = started.inputReader();
    String line = out.readLine();
    if (line == null) {
      throw new IOException(Files.readString(folder.resolve("server.log")));
    }
    ready = Json.parse(line.getBytes(StandardCharsets.UTF_8)).asObject("ready");
  }

  /** As a crash ends it. */
  void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }
  }

  URI plain() {
    return URI.create(ready.object("urls").string("plain"));
  }

  /** The answer to an administrator, which must be a good one. */
  Json administer(String method, String path, byte[] body)
      throws IOException, InterruptedException, GeneralSecurityException {
    HttpResponse<byte[]> answer =
        send(method, path, body, Map.of("Authorization", "Bearer " + token()));
    if (answer.statusCode() != 200) {
      throw new IOException(
          method + " " + path + ": " + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return answer.body().length == 0 ? Json.Null.NULL : Json.parse(answer.body());
  }

  HttpResponse<byte[]> send(String method, String path, byte[] body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(plain().resolve(path))
            .timeout(Duration.ofSeconds(60))
            .method(method, BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private String token() throws GeneralSecurityException {
    String signed =
        part("{\"alg\":\"EdDSA\"}")
            + "."
            + part("{\"sub\":\"test\",\"exp\":" + (Instant.now().getEpochSecond() + 60) + "}");
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(admin.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
  }

  private static String part(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String pem(byte[] der) {
    String label = isCertificate(der) ? "CERTIFICATE" : "PUBLIC KEY";
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private static boolean isCertificate(byte[] der) {
    try {
      CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    if (process != null) {
      process.destroy();
      process.onExit().join();
    }
  }
}
