// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.cofferdam.core.ledger.note.NoteSigner;
import org.cofferdam.core.ledger.note.SignedNote;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server asks a witness over HTTP, and serves what the witness cosigned. */
class WitnessTest {
  @TempDir Path folder;
  private final BlockingQueue<String> asked = new ArrayBlockingQueue<>(100);
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private volatile int status = 200;
  private NoteSigner key;
  private HttpServer witness;
  private Server server;
  private TestAdmin admin;

  @BeforeEach
  void start() throws Exception {
    key =
        new NoteSigner(
            "witness.example", KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    witness = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    witness.createContext(
        "/w/add-checkpoint",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          SignedNote note =
              SignedNote.parse(
                  body.substring(body.indexOf("\n\n") + 2).getBytes(StandardCharsets.UTF_8));
          byte[] answer =
              (key.cosign(note.text(), Instant.ofEpochSecond(1)).line() + "\n")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
          asked.add(body);
        });
    witness.start();

    admin = new TestAdmin();
    Path config = TestConfig.write(folder, admin, new FoundryEvidence("serve").root());
    String witnesses =
        "{\"witnesses\":[{\"key\":\""
            + key.witnessKey()
            + "\",\"url\":\"http://127.0.0.1:"
            + witness.getAddress().getPort()
            + "/w\"}],";
    Files.writeString(config, witnesses + Files.readString(config).substring(1));
    server =
        Server.start(
            new Options(Optional.of(config), false).load(Map.of()),
            InstantSource.system(),
            new SecureRandom());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    witness.stop(0);
  }

  private URI plain() {
    return URI.create(server.ready().asObject("ready").object("urls").string("plain"));
  }

  private SignedNote checkpoint() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(plain().resolve("/log/checkpoint")).build();
    return SignedNote.parse(http.send(request, BodyHandlers.ofByteArray()).body());
  }

  @Test
  void aHeadIsCosigned() throws Exception {
    admin.register(plain(), "default/db/password", "secret");
    assertThat(asked.poll(30, TimeUnit.SECONDS)).startsWith("old 0\n");
    Instant late = Instant.now().plusSeconds(30);
    while (key.witnessKey().signatureOn(checkpoint()).isEmpty() && Instant.now().isBefore(late)) {
      Thread.sleep(20);
    }
    assertThat(key.witnessKey().signatureOn(checkpoint())).isPresent();
  }

  @Test
  void theLogGoesOnWithoutTheWitness() throws Exception {
    status = 500;
    admin.register(plain(), "default/db/password", "secret");
    assertThat(asked.poll(30, TimeUnit.SECONDS)).isNotNull();
    assertThat(key.witnessKey().signatureOn(checkpoint())).isEmpty();
  }
}
