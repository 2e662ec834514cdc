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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.quality.foundry.TestTee;
import org.jspecify.annotations.Nullable;

/** A server as a child process, so that its CPU time can be told from the driver's. */
final class LoadServer implements AutoCloseable {
  private final Process process;
  private final URI plain;
  private final KeyPair admin;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param folder for all that the server keeps
   * @param tee whose evidence it is to accept
   * @param postgres the store as configuration; null for SQLite
   */
  LoadServer(Path folder, TestTee tee, @Nullable Json postgres)
      throws IOException, GeneralSecurityException {
    admin = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Files.writeString(
        folder.resolve("admin.pub"), pem("PUBLIC KEY", admin.getPublic().getEncoded()));
    Files.writeString(folder.resolve("root.pem"), pem("CERTIFICATE", tee.anchor()));
    Path collateral = Files.createDirectories(folder.resolve("collateral"));
    for (Map.Entry<String, byte[]> file : tee.collateral().entrySet()) {
      Files.write(collateral.resolve(file.getKey()), file.getValue());
    }
    Json.Builder text =
        Json.object()
            .put("data", "data")
            .put("listen", "127.0.0.1:0")
            .put("listenPlain", "127.0.0.1:0")
            .put("adminKeys", Json.strings(List.of("admin.pub")))
            .put("development", true)
            .put("collateral", "collateral")
            .put(
                "developmentAnchors",
                Json.array(
                    List.of(
                        Json.object()
                            .put("id", "foundry")
                            .put("use", tee.use())
                            .put("file", "root.pem")
                            .build())));
    if (postgres != null) {
      text.put("postgres", postgres);
    }
    Path config = Files.writeString(folder.resolve("serve.json"), text.build().write());
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of(System.getProperty("server.args", "-ea").split(" ", -1)));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "org.cofferdam.apps.server.Main",
            "--config",
            config.toString()));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
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

  /** Bytes of the process in memory now. */
  long resident() throws IOException {
    String text = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
    return Long.parseLong(text.replaceAll("(?s).*VmRSS:\\s+(\\d+) kB.*", "$1")) * 1024;
  }

  /** CPU time of the threads that compile the server while it runs. */
  Duration compilers() throws IOException {
    long ticks = 0;
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      for (Path thread : threads.toList()) {
        String stat = stat(thread);
        if (stat.matches("(?s)\\d+ \\(C[12] Compiler.*")) {
          String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
          ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
      }
    }
    return Duration.ofMillis(ticks * 10);
  }

  private static String stat(Path thread) throws IOException {
    try {
      return Files.readString(thread.resolve("stat"));
    } catch (NoSuchFileException e) {
      // It ended meanwhile.
      return "";
    }
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
