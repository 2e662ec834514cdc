// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.ledger.Ledger;
import org.cofferdam.core.ledger.note.NoteSigner;
import org.cofferdam.core.ledger.tiles.FileSource;
import org.cofferdam.core.ledger.witness.WitnessClient;
import org.cofferdam.core.protocol.kbs.JweSealer;
import org.cofferdam.services.broker.admin.AdminService;
import org.cofferdam.services.broker.admin.LimitsAdmin;
import org.cofferdam.services.broker.attest.AttestedStore;
import org.cofferdam.services.broker.attest.Attestor;
import org.cofferdam.services.broker.attest.Collateral;
import org.cofferdam.services.broker.attest.Verification;
import org.cofferdam.services.broker.decision.Arrivals;
import org.cofferdam.services.broker.decision.DecisionLog;
import org.cofferdam.services.broker.decision.DecisionStore;
import org.cofferdam.services.broker.decision.StrayRefusals;
import org.cofferdam.services.broker.kbs.CredentialMaker;
import org.cofferdam.services.broker.kbs.Handshakes;
import org.cofferdam.services.broker.kbs.KbsService;
import org.cofferdam.services.broker.kbs.Tokens;
import org.cofferdam.services.broker.keys.Envelope;
import org.cofferdam.services.broker.keys.ServerKeys;
import org.cofferdam.services.broker.keys.StoreKey;
import org.cofferdam.services.broker.keys.SystemKeys;
import org.cofferdam.services.broker.log.LogKeeper;
import org.cofferdam.services.broker.release.ReleaseRules;
import org.cofferdam.services.broker.release.Releaser;
import org.cofferdam.services.broker.resource.ResourcePolicyStore;
import org.cofferdam.services.broker.resource.ResourceRules;
import org.cofferdam.services.broker.resource.ResourceStore;
import org.cofferdam.services.broker.resource.Revocations;
import org.cofferdam.services.broker.session.AttestedGuests;
import org.cofferdam.services.broker.session.SessionSealer;
import org.cofferdam.services.broker.simulate.Simulator;
import org.cofferdam.services.broker.store.Database;
import org.cofferdam.services.broker.store.Revisions;
import org.cofferdam.services.broker.store.SqlOutbox;
import org.cofferdam.services.broker.token.TokenSigner;
import org.cofferdam.services.broker.workload.WorkloadStore;

/**
 * Everything of one tenant, put together over its own store, keys and log. Two brokers share
 * nothing that one could open for the other.
 */
public final class Broker implements AutoCloseable {
  private static final long GUEST_BYTES = 128L << 20;

  private final Database database;
  private final Arrivals arrivals = new Arrivals();
  private final LogKeeper keeper;
  private final StrayRefusals strays;
  private final TokenSigner tokens;
  private final KbsService kbs;
  private final AdminService admin;
  private final LimitsAdmin limits;
  private final Simulator simulator;
  private final ServerKeys keys;
  private final String logKey;

  /**
   * What differs from broker to broker and from server to server.
   *
   * @param verifier of evidence; it may be shared
   * @param collateral what vouches for evidence, so that records can keep what was used
   * @param anchors those of the verifier that do not ship with the product, for the record
   * @param development true to accept development TEEs, marked as such
   * @param marks what every result must say of this server itself
   * @param sessionLife how long a guest may take between challenge and evidence
   * @param tokenLife how long a guest that passed may ask for resources
   * @param witnesses cosign the log's checkpoints
   */
  public record Settings(
      Verifier verifier,
      List<Document> collateral,
      List<TrustAnchor> anchors,
      CredentialMaker credentials,
      boolean development,
      List<String> marks,
      Duration sessionLife,
      Duration tokenLife,
      List<WitnessClient> witnesses) {
    public Settings {
      witnesses = List.copyOf(witnesses);
      collateral = List.copyOf(collateral);
      anchors = List.copyOf(anchors);
      marks = List.copyOf(marks);
    }
  }

  /**
   * @param database closed with the broker
   * @param logOrigin name of the log in its checkpoints
   * @param logFolder made where it is not there
   */
  public Broker(
      Settings settings,
      Database database,
      StoreKey storeKey,
      String logOrigin,
      Path logFolder,
      InstantSource clock,
      SecureRandom random)
      throws IOException {
    this.database = database;
    Envelope envelope = new Envelope(storeKey, random);
    keys = new ServerKeys(new SystemKeys(database, envelope), random, clock.instant());
    SqlOutbox outbox = new SqlOutbox(database);
    NoteSigner logSigner = new NoteSigner(logOrigin, keys.log());
    logKey = logSigner.logKey().toString();
    Files.createDirectories(logFolder);
    keeper = LogKeeper.start(outbox, logSigner, arrivals, logFolder, settings.witnesses());
    DecisionLog decisions = new DecisionLog(new Ledger<>(outbox), arrivals);
    strays = new StrayRefusals(decisions, clock);

    WorkloadStore workloads = new WorkloadStore(database);
    ResourceStore resources = new ResourceStore(database, envelope);
    ResourceRules rules = new ResourceRules(database);
    ResourcePolicyStore policies = new ResourcePolicyStore(database);
    Revocations revocations = new Revocations(database);
    Revisions revisions =
        new Revisions(database, List.of(workloads::forget, policies::forget, revocations::forget));
    AttestedGuests guests = new AttestedGuests(GUEST_BYTES);
    KeyPair tokenPair = keys.token();
    tokens = new TokenSigner(tokenPair, keys.tokenCertificate(tokenPair));
    Policy policy = Policy.release();
    Verification verification = new Verification(settings.verifier(), revocations);
    Attestor attestor =
        new Attestor(
            verification,
            new Collateral(settings.collateral()),
            workloads,
            decisions,
            tokens,
            guests,
            new AttestedStore(database, new FileSource(logFolder)),
            revisions,
            clock,
            new Attestor.Settings(
                policy,
                settings.development(),
                settings.tokenLife(),
                settings.marks(),
                settings.anchors()));
    ReleaseRules releaseRules =
        new ReleaseRules(workloads, policies, revocations, policy, settings.development());
    kbs =
        new KbsService(
            new Handshakes(
                new SessionSealer(keys.session(), random),
                settings.credentials(),
                random,
                clock,
                settings.sessionLife()),
            attestor,
            new Tokens(tokens, guests, attestor, clock),
            new Releaser(
                resources,
                rules,
                releaseRules,
                revisions,
                decisions,
                new JweSealer(random),
                clock,
                settings.marks()),
            strays);
    admin =
        new AdminService(
            workloads,
            resources,
            policies,
            decisions,
            new DecisionStore(database, arrivals),
            guests,
            revisions,
            clock);
    limits = new LimitsAdmin(resources, rules, revocations, revisions, decisions, random, clock);
    simulator =
        new Simulator(
            workloads, resources, rules, policies, verification, attestor, releaseRules, clock);
  }

  public KbsService kbs() {
    return kbs;
  }

  public AdminService admin() {
    return admin;
  }

  public LimitsAdmin limits() {
    return limits;
  }

  public Simulator simulator() {
    return simulator;
  }

  public StrayRefusals strays() {
    return strays;
  }

  /** What signs the tokens. */
  public TokenSigner tokens() {
    return tokens;
  }

  /** The server's own keys. */
  public ServerKeys keys() {
    return keys;
  }

  /** The log's verifier key. */
  public String logKey() {
    return logKey;
  }

  /** Lets everybody go who waits for a decision: they would hold a web server up that ends. */
  public void endWaiting() {
    arrivals.end();
  }

  /** Writes the log, and closes the store. */
  @Override
  public void close() throws IOException {
    arrivals.end();
    try {
      keeper.close();
    } finally {
      database.close();
    }
  }
}
