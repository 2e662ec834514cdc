// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.cofferdam.apps.server.config.ListenAddress;
import org.cofferdam.apps.server.config.ServerConfig;
import org.cofferdam.apps.server.config.Tenant;
import org.cofferdam.apps.server.http.BrokerParts;
import org.cofferdam.apps.server.http.Routes;
import org.cofferdam.apps.server.http.WebFront;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.SignatureEngines;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.witness.WitnessClient;
import org.cofferdam.services.broker.Broker;

/** A running server: everything put together, and taken apart in the opposite order. */
final class Server implements AutoCloseable {
  /** What holds of any server that is a plain process: its operator can read its memory. */
  private static final String OPERATOR_TRUSTED = "broker:operator-trusted";

  private static final String DEVELOPMENT = "broker:development";

  private static final Duration WITNESS_PATIENCE = Duration.ofSeconds(5);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Json ready;

  private Server(ServerConfig config, InstantSource clock, SecureRandom random)
      throws IOException, ServerException {
    boolean whole = false;
    try {
      ready = assemble(config, clock, random);
      whole = true;
    } finally {
      if (!whole) {
        close();
      }
    }
  }

  static Server start(ServerConfig config, InstantSource clock, SecureRandom random)
      throws IOException, ServerException {
    return new Server(config, clock, random);
  }

  /** The line that says where it can be reached, and by which keys it is known. */
  Json ready() {
    return ready;
  }

  private Json assemble(ServerConfig config, InstantSource clock, SecureRandom random)
      throws IOException, ServerException {
    String cryptography = Cryptography.choose();
    TrustAnchors anchors = Anchors.load(config);
    List<Document> collateral = CollateralFolder.read(config.collateral());
    List<String> marks = marks(config);
    Broker.Settings settings =
        new Broker.Settings(
            Verifier.create(SignatureEngines.fastest(), Endorsements.of(anchors, collateral)),
            collateral,
            anchors.all().stream().filter(a -> a.origin() != TrustAnchor.Origin.BUILT_IN).toList(),
            new TpmCredentials(random),
            config.development(),
            marks,
            config.sessionLife(),
            config.tokenLife(),
            witnesses(config));
    Path data = config.data();
    Stores stores = new Stores(config.postgres(), settings, clock, random);
    Broker broker = opened(stores.open(data, "", config.logOrigin()));
    List<Broker> brokers = new ArrayList<>(List.of(broker));
    Json health =
        Json.object()
            .put("status", "ok")
            .put("development", config.development())
            .put("insecure", Json.strings(marks))
            .build();
    BrokerParts own =
        new BrokerParts(
            broker,
            AdminKeys.load(config.adminKeys(), clock),
            clock,
            config.sessionLife(),
            data.resolve("log"),
            health,
            "");
    Map<String, BrokerParts> tenants = new TreeMap<>();
    for (Tenant tenant : config.tenants()) {
      Path folder = data.resolve("tenants").resolve(tenant.name());
      Broker its =
          opened(stores.open(folder, tenant.name(), config.logOrigin() + "/" + tenant.name()));
      brokers.add(its);
      tenants.put(
          tenant.name(),
          new BrokerParts(
              its,
              AdminKeys.load(tenant.adminKeys(), clock),
              clock,
              config.sessionLife(),
              folder.resolve("log"),
              health,
              "/t/" + tenant.name()));
    }
    KeyPair tlsPair = broker.keys().tls();
    TlsIdentity tls =
        new TlsIdentity(tlsPair, broker.keys().tlsCertificate(tlsPair, config.names()));
    Files.writeString(data.resolve("tls.crt"), tls.pem());
    Routes routes = new Routes(own, tenants);
    int port = listen(config, config.listen(), Optional.of(tls.context(random)), routes);
    String url = "https://" + config.listen().hostAndPort(port);
    Json.Builder urls =
        Json.object()
            .put("kbs", url + "/kbs/v0")
            .put("admin", url + "/api/v1")
            .put("log", url + "/log")
            .put("base", url);
    if (config.listenPlain().isPresent()) {
      ListenAddress plain = config.listenPlain().get();
      int bound = listen(config, plain, Optional.empty(), routes);
      urls.put("plain", "http://" + plain.hostAndPort(bound));
    }
    // First to go: whoever waits for a decision would hold the web server up.
    opened(() -> brokers.forEach(Broker::endWaiting));
    return Json.object()
        .put("ready", true)
        .put("urls", urls.build())
        .put("tlsKey", tls.pin())
        .put("logKey", broker.logKey())
        .put("tenants", Json.strings(List.copyOf(tenants.keySet())))
        .put("cryptography", cryptography)
        .put("development", config.development())
        .put("insecure", Json.strings(marks))
        .build();
  }

  private int listen(
      ServerConfig config, ListenAddress address, Optional<SSLContext> tls, Routes routes) {
    return opened(
            WebFront.start(address, tls, config.maxBodyBytes(), routes.handler(tls.isPresent())))
        .port();
  }

  private static List<WitnessClient> witnesses(ServerConfig config) {
    HttpClient http = HttpClient.newHttpClient();
    return config.witnesses().stream()
        .map(w -> new WitnessClient(w.key(), new HttpWitness(w.url(), http, WITNESS_PATIENCE)))
        .toList();
  }

  private static List<String> marks(ServerConfig config) {
    List<String> marks = new ArrayList<>(List.of(OPERATOR_TRUSTED));
    if (config.development()) {
      marks.add(DEVELOPMENT);
    }
    return marks;
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  /** Ends calls under way, writes the log, closes the store. */
  @Override
  public void close() throws IOException {
    IOException problem = null;
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        problem = problem == null ? new IOException("the server did not end cleanly", e) : problem;
      }
    }
    if (problem != null) {
      throw problem;
    }
  }
}
