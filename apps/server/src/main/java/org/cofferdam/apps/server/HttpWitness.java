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
import java.time.Duration;
import org.cofferdam.core.ledger.witness.WitnessClient;

/**
 * Reaches a witness over HTTP (C2SP tlog-witness).
 *
 * @param prefix the witness's submission prefix
 */
record HttpWitness(URI prefix, HttpClient http) implements WitnessClient.Transport {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Override
  public WitnessClient.Answer addCheckpoint(String body) throws IOException {
    String base = prefix.toString();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(base + (base.endsWith("/") ? "" : "/") + "add-checkpoint"))
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      return new WitnessClient.Answer(answer.statusCode(), answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a witness", e);
    }
  }
}
