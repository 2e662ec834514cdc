// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.benchmarks.broker;

import java.io.BufferedReader;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.cofferdam.core.bytes.json.Json;

/** A server as a child process, so that its CPU time can be told from the driver's. */
final class LoadServer implements AutoCloseable {
  private final Process process;
  private final URI plain;
  private final KeyPair admin;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param folder for all that the server keeps
   * @param anchor DER of the root that certifies the guests' TPMs
   */
  LoadServer(Path folder, byte[] anchor) throws IOException, GeneralSecurityException {
    admin = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Files.writeString(
        folder.resolve("admin.pub"), pem("PUBLIC KEY", admin.getPublic().getEncoded()));
    Files.writeString(folder.resolve("root.pem"), pem("CERTIFICATE", anchor));
    Path config =
        Files.writeString(
            folder.resolve("serve.json"),
            """
            {"data":"data","listen":"127.0.0.1:0","listenPlain":"127.0.0.1:0",
             "adminKeys":["admin.pub"],"development":true,
             "developmentAnchors":[{"id":"foundry","use":"tpm-ek","file":"root.pem"}]}
            """);
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "org.cofferdam.apps.server.Main",
                "--config",
                config.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader();
    String ready = String.valueOf(out.readLine());
    plain =
        URI.create(
            Json.parse(ready.getBytes(StandardCharsets.UTF_8))
                .asObject("ready")
                .object("urls")
                .string("plain"));
  }

  URI plain() {
    return plain;
  }

  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  void administer(String method, String path, String body)
      throws IOException, InterruptedException, GeneralSecurityException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(plain.resolve(path))
                .header("Authorization", "Bearer " + token())
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(path + ": " + answer.body());
    }
  }

  private String token() throws GeneralSecurityException {
    String signed =
        part("{\"alg\":\"EdDSA\"}")
            + "."
            + part("{\"exp\":" + (Instant.now().getEpochSecond() + 60) + "}");
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

  private static String pem(String name, byte[] der) {
    return String.join(
        "\n",
        List.of(
            "-----BEGIN " + name + "-----",
            Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der),
            "-----END " + name + "-----",
            ""));
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
