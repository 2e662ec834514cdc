// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A witness is a stranger: whatever it answers, the log gets its turn again. */
class HttpWitnessTest {
  private final HttpServer server;

  HttpWitnessTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  private HttpWitness answering(Duration patience, HttpHandler handler) {
    server.createContext("/add-checkpoint", handler);
    server.start();
    return new HttpWitness(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
        HttpClient.newHttpClient(),
        patience);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aShortAnswerIsTaken() throws Exception {
    HttpWitness witness =
        answering(
            Duration.ofMinutes(1),
            exchange -> {
              exchange.sendResponseHeaders(409, 2);
              exchange.getResponseBody().write("7\n".getBytes(StandardCharsets.US_ASCII));
              exchange.close();
            });
    assertThat(witness.addCheckpoint("old 0\n").body()).isEqualTo("7\n");
  }

  @Test
  void anAnswerThatBeginsAndNeverEndsIsGivenUp() {
    CountDownLatch end = new CountDownLatch(1);
    HttpWitness witness =
        answering(
            Duration.ofMillis(300),
            exchange -> {
              exchange.sendResponseHeaders(200, 1000);
              exchange.getResponseBody().write('a');
              exchange.getResponseBody().flush();
              await(end);
              exchange.close();
            });
    try {
      assertThatThrownBy(() -> witness.addCheckpoint("old 0\n"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("takes longer");
    } finally {
      end.countDown();
    }
  }

  @Test
  void anAnswerThatIsTooLongIsGivenUp() {
    HttpWitness witness =
        answering(
            Duration.ofMinutes(1),
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write(new byte[1 << 17]);
              exchange.close();
            });
    assertThatThrownBy(() -> witness.addCheckpoint("old 0\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be asked");
  }

  private static void await(CountDownLatch end) throws IOException {
    try {
      if (!end.await(1, TimeUnit.MINUTES)) {
        throw new IOException("the test did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
