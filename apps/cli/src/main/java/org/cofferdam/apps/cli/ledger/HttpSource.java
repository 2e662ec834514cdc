// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.ledger;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.cofferdam.core.ledger.tiles.TileSource;

/** A log on a web server. */
final class HttpSource implements TileSource {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI prefix;
  private final HttpClient http;

  /**
   * @param prefix of the log's files
   */
  HttpSource(URI prefix, HttpClient http) {
    String text = prefix.toString();
    this.prefix = text.endsWith("/") ? prefix : URI.create(text + "/");
    this.http = http;
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(prefix.resolve(path)).timeout(TIMEOUT).build();
    try {
      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
      return switch (answer.statusCode()) {
        case 200 -> Optional.of(answer.body());
        case 404, 410 -> Optional.empty();
        default -> throw new IOException(prefix + path + " answered " + answer.statusCode());
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading " + prefix + path, e);
    }
  }
}
