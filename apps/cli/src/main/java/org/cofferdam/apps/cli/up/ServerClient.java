// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.tiles.TileSource;
import org.cofferdam.core.protocol.tls.PinnedKey;
import org.cofferdam.core.reference.ReferenceSet;

/** The administrator's side of a server: what {@code up} tells it, and what it decided. */
final class ServerClient {
  private final URI server;
  private final AdminKey key;
  private final InstantSource clock;
  private final HttpClient http;

  /**
   * @param pin the server's TLS key, {@code sha256:HEX}
   */
  ServerClient(URI server, String pin, AdminKey key, InstantSource clock)
      throws GeneralSecurityException {
    this.server = server;
    this.key = key;
    this.clock = clock;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .sslContext(PinnedKey.context(pin, new SecureRandom()))
            .build();
  }

  URI address() {
    return server;
  }

  /** Stores a secret; the same bytes again are no new version that anybody would notice. */
  void putSecret(String resource, SecretBytes value) {
    value.lend(
        bytes -> send("POST", "/kbs/v0/resource/" + resource, BodyPublishers.ofByteArray(bytes)));
  }

  /** Says what the evidence of a workload must match, and which secrets it may then have. */
  void putWorkload(ReferenceSet references, byte[] initdata, List<String> secrets) {
    Json body =
        Json.object()
            .put("references", references.toJson())
            .put("initdata", new String(initdata, StandardCharsets.UTF_8))
            .put("secrets", Json.strings(secrets))
            .build();
    send("PUT", workload(references.workload()), json(body));
  }

  /** Waits for decisions after {@code sequence}; none when the time is over. */
  List<Json.Obj> decisions(String workload, long sequence, Duration wait) {
    String path = workload(workload) + "/decisions?after=" + sequence + "&wait=" + wait.toSeconds();
    return Json.parse(send("GET", path, BodyPublishers.noBody()))
        .asObject("decisions")
        .array("decisions")
        .stream()
        .map(d -> d.asObject("decision"))
        .toList();
  }

  /** Every check of a guest's handshake, in the order in which they were made. */
  List<Json.Obj> checks(String correlation) {
    return Json.parse(send("GET", "/api/v1/explain/" + correlation, BodyPublishers.noBody()))
        .asObject("explanation")
        .array("decisions")
        .stream()
        .flatMap(d -> d.asObject("decision").array("checks").stream())
        .map(c -> c.asObject("check"))
        .toList();
  }

  /** Records a launch whose guest never attested. */
  Json.Obj recordNoEvidence(String workload, String detail) {
    Json body = Json.object().put("ended", "no-evidence").put("detail", detail).build();
    return Json.parse(send("POST", workload(workload) + "/launches", json(body)))
        .asObject("answer");
  }

  /** The server's log, as any reader sees it. */
  TileSource log() {
    return path -> {
      HttpResponse<byte[]> answer = exchange("GET", "/log/" + path, BodyPublishers.noBody());
      return answer.statusCode() == 404 ? Optional.empty() : Optional.of(accepted(answer));
    };
  }

  private byte[] send(String method, String path, BodyPublisher body) {
    return accepted(exchange(method, path, body));
  }

  private static byte[] accepted(HttpResponse<byte[]> answer) {
    if (answer.statusCode() / 100 != 2) {
      throw new CommandException(
          ExitCode.FAULT,
          "the server answered "
              + answer.statusCode()
              + " to "
              + answer.request().method()
              + " "
              + answer.request().uri().getPath()
              + ": "
              + text(answer.body()),
          "Look into the server's log (cofferdam status says where).");
    }
    return answer.body();
  }

  private HttpResponse<byte[]> exchange(String method, String path, BodyPublisher body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(server.resolve(path))
              .timeout(Duration.ofSeconds(90))
              .header("Authorization", "Bearer " + key.token(clock.instant()))
              .header("Content-Type", "application/json")
              .method(method, body)
              .build();
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.UNDECIDED,
          "the server at " + server + " cannot be reached: " + e.getMessage(),
          "Look into its log (cofferdam status says where), or start anew with cofferdam down.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(
          ExitCode.UNDECIDED, "interrupted while waiting for the server", "Try again.", e);
    } catch (GeneralSecurityException e) {
      throw new CommandException(
          ExitCode.FAULT, "the administrator's token cannot be signed", "Report this.", e);
    }
  }

  private static String workload(String name) {
    return "/api/v1/workloads/" + name;
  }

  private static BodyPublisher json(Json body) {
    return BodyPublishers.ofString(body.write());
  }

  private static String text(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }
}
