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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cofferdam.core.ledger.witness.WitnessClient;

/**
 * Reaches a witness over HTTP (C2SP tlog-witness). The log waits for it, so neither a slow nor a
 * long answer may hold it up.
 *
 * @param prefix the witness's submission prefix
 * @param patience for the whole answer
 */
record HttpWitness(URI prefix, HttpClient http, Duration patience)
    implements WitnessClient.Transport {
  /** A few signature lines are a few hundred bytes. */
  private static final long LONGEST_ANSWER = 1 << 16;

  @Override
  public WitnessClient.Answer addCheckpoint(String body) throws IOException {
    String base = prefix.toString();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(base + (base.endsWith("/") ? "" : "/") + "add-checkpoint"))
            .POST(BodyPublishers.ofString(body))
            .build();
    CompletableFuture<HttpResponse<String>> answering =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST_ANSWER));
    try {
      HttpResponse<String> answer = answering.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return new WitnessClient.Answer(answer.statusCode(), answer.body());
    } catch (InterruptedException e) {
      answering.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the witness at " + prefix, e);
    } catch (TimeoutException e) {
      answering.cancel(true);
      throw new IOException("the witness at " + prefix + " takes longer than " + patience, e);
    } catch (ExecutionException e) {
      throw new IOException("the witness at " + prefix + " cannot be asked: " + e.getCause(), e);
    }
  }
}
