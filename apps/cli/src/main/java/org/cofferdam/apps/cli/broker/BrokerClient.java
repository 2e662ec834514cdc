// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.broker;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.up.AdminKey;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.tls.PinnedKey;
import org.jspecify.annotations.Nullable;

/** Calls of an administrator. */
final class BrokerClient {
  private final URI server;
  private final AdminKey key;
  private final InstantSource clock;
  private final HttpClient http;

  /**
   * @param pin the server's TLS key, {@code sha256:HEX}; null for plain HTTP, which servers offer
   *     on loopback addresses only
   */
  BrokerClient(URI server, @Nullable String pin, AdminKey key, InstantSource clock)
      throws GeneralSecurityException {
    this.server = server;
    this.key = key;
    this.clock = clock;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10));
    this.http =
        pin == null
            ? builder.build()
            : builder.sslContext(PinnedKey.context(pin, new SecureRandom())).build();
  }

  /** The answer's document; null where there is none. */
  Json call(String method, String path, byte[] body)
      throws IOException, InterruptedException, GeneralSecurityException {
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofSeconds(90))
                .header("Authorization", "Bearer " + key.token(clock.instant()))
                .method(method, BodyPublishers.ofByteArray(body))
                .build(),
            BodyHandlers.ofByteArray());
    if (answer.statusCode() / 100 == 2) {
      return answer.body().length == 0 ? Json.Null.NULL : Json.parse(answer.body());
    }
    String said = new String(answer.body(), StandardCharsets.UTF_8).strip();
    if (answer.statusCode() / 100 == 4) {
      throw new CommandException(
          ExitCode.REFUSED, "the server refused: " + said, "Correct what it names.");
    }
    throw new CommandException(
        ExitCode.FAULT, "the server failed: " + said, "Look into the server's log.");
  }

  Json get(String path) throws IOException, InterruptedException, GeneralSecurityException {
    return call("GET", path, new byte[0]);
  }
}
