// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.cofferdam.apps.server.config.ListenAddress;
import org.cofferdam.apps.server.config.ServerConfig;
import org.cofferdam.apps.server.http.BrokerParts;
import org.cofferdam.apps.server.http.WebFront;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.Ledger;
import org.cofferdam.core.ledger.note.NoteSigner;
import org.cofferdam.core.protocol.kbs.JweSealer;
import org.cofferdam.services.broker.admin.AdminService;
import org.cofferdam.services.broker.admin.AdminTokens;
import org.cofferdam.services.broker.attest.Attestor;
import org.cofferdam.services.broker.attest.Collateral;
import org.cofferdam.services.broker.decision.Arrivals;
import org.cofferdam.services.broker.decision.DecisionLog;
import org.cofferdam.services.broker.decision.DecisionStore;
import org.cofferdam.services.broker.decision.StrayRefusals;
import org.cofferdam.services.broker.kbs.Handshakes;
import org.cofferdam.services.broker.kbs.KbsService;
import org.cofferdam.services.broker.kbs.Tokens;
import org.cofferdam.services.broker.keys.Envelope;
import org.cofferdam.services.broker.keys.FileStoreKey;
import org.cofferdam.services.broker.keys.SystemKeys;
import org.cofferdam.services.broker.log.LogKeeper;
import org.cofferdam.services.broker.release.Releaser;
import org.cofferdam.services.broker.resource.ResourcePolicyStore;
import org.cofferdam.services.broker.resource.ResourceStore;
import org.cofferdam.services.broker.session.AttestedGuests;
import org.cofferdam.services.broker.session.SessionSealer;
import org.cofferdam.services.broker.store.Database;
import org.cofferdam.services.broker.store.SqliteOutbox;
import org.cofferdam.services.broker.token.TokenSigner;
import org.cofferdam.services.broker.workload.WorkloadStore;

/** A running server: everything put together, and taken apart in the opposite order. */
final class Server implements AutoCloseable {
  /** What holds of any server that is a plain process: its operator can read its memory. */
  private static final String OPERATOR_TRUSTED = "broker:operator-trusted";

  private static final String DEVELOPMENT = "broker:development";
  private static final long GUEST_BYTES = 128L << 20;

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
    TrustAnchors anchors = Anchors.load(config);
    List<AdminTokens> admins = AdminKeys.load(config.adminKeys(), clock);
    Path data = config.data();
    Database database = opened(Database.open(data));
    Envelope envelope =
        new Envelope(FileStoreKey.openOrCreate(data.resolve("store.key"), random), random);
    ServerKeys keys = new ServerKeys(new SystemKeys(database, envelope), random, clock.instant());
    Arrivals arrivals = new Arrivals();
    SqliteOutbox outbox = new SqliteOutbox(database);
    NoteSigner logSigner = new NoteSigner(config.logOrigin(), keys.log());
    Path logFolder = data.resolve("log");
    Files.createDirectories(logFolder);
    opened(LogKeeper.start(outbox, logSigner, arrivals, logFolder));

    DecisionLog decisions = new DecisionLog(new Ledger<>(outbox), arrivals);
    StrayRefusals strays = new StrayRefusals(decisions, clock);
    WorkloadStore workloads = new WorkloadStore(database);
    ResourceStore resources = new ResourceStore(database, envelope);
    ResourcePolicyStore policies = new ResourcePolicyStore(database);
    AttestedGuests guests = new AttestedGuests(GUEST_BYTES);
    KeyPair tokenPair = keys.token();
    TokenSigner tokens = new TokenSigner(tokenPair, keys.tokenCertificate(tokenPair));
    List<String> marks = marks(config);
    Policy policy = Policy.release();
    List<Document> collateral = CollateralFolder.read(config.collateral());
    Attestor attestor =
        new Attestor(
            Verifier.create(new JcaSignatureEngine(), Endorsements.of(anchors, collateral)),
            new Collateral(collateral),
            workloads,
            decisions,
            tokens,
            guests,
            clock,
            new Attestor.Settings(
                policy,
                config.development(),
                config.tokenLife(),
                marks,
                anchors.all().stream()
                    .filter(a -> a.origin() != TrustAnchor.Origin.BUILT_IN)
                    .toList()));
    KbsService kbs =
        new KbsService(
            new Handshakes(
                new SessionSealer(keys.session(), random),
                new TpmCredentials(random),
                random,
                clock,
                config.sessionLife()),
            attestor,
            new Tokens(tokens, guests, clock),
            new Releaser(
                resources,
                policies,
                decisions,
                new JweSealer(random),
                clock,
                policy,
                config.development(),
                marks),
            strays);
    AdminService admin =
        new AdminService(
            workloads,
            resources,
            policies,
            decisions,
            new DecisionStore(database, arrivals),
            guests,
            clock);
    Json health =
        Json.object()
            .put("status", "ok")
            .put("development", config.development())
            .put("insecure", Json.strings(marks))
            .build();
    TlsIdentity tls = keys.tls(config.names());
    Files.writeString(data.resolve("tls.crt"), tls.pem());
    BrokerParts routes =
        new BrokerParts(
            kbs,
            admin,
            admins,
            strays,
            clock,
            config.sessionLife(),
            logFolder,
            health,
            tokens.jwks());
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
    opened(arrivals::end);
    return Json.object()
        .put("ready", true)
        .put("urls", urls.build())
        .put("tlsKey", tls.pin())
        .put("logKey", logSigner.logKey().toString())
        .put("development", config.development())
        .put("insecure", Json.strings(marks))
        .build();
  }

  private int listen(
      ServerConfig config, ListenAddress address, Optional<SSLContext> tls, BrokerParts routes) {
    return opened(
            WebFront.start(address, tls, config.maxBodyBytes(), routes.dispatcher(tls.isPresent())))
        .port();
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
