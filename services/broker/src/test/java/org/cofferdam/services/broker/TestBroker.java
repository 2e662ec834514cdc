// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.cofferdam.core.attestation.CredentialChallenge;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.evidence.tpm.TpmPublic;
import org.cofferdam.core.ledger.Ledger;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.ledger.Submission;
import org.cofferdam.core.protocol.kbs.JweSealer;
import org.cofferdam.core.protocol.kbs.TpmActivation;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.core.reference.ReferenceValue;
import org.cofferdam.services.broker.admin.AdminService;
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
import org.cofferdam.services.broker.keys.SelfSigned;
import org.cofferdam.services.broker.keys.StoredKeyPair;
import org.cofferdam.services.broker.keys.SystemKeys;
import org.cofferdam.services.broker.release.Releaser;
import org.cofferdam.services.broker.resource.ResourcePolicyStore;
import org.cofferdam.services.broker.resource.ResourceStore;
import org.cofferdam.services.broker.session.AttestedGuests;
import org.cofferdam.services.broker.session.SessionSealer;
import org.cofferdam.services.broker.store.Database;
import org.cofferdam.services.broker.store.SqliteOutbox;
import org.cofferdam.services.broker.token.TokenSigner;
import org.cofferdam.services.broker.workload.WorkloadStore;

/** A whole broker over a folder, without HTTP: what a server assembles. */
final class TestBroker implements AutoCloseable {
  static final String WORKLOAD = "default/orders";
  static final String SECRET = "default/orders-db/password";
  static final String ARGS = "serve";

  final TestClock clock;
  final Database database;
  final SqliteOutbox outbox;
  final AdminService admin;
  final TokenSigner tokens;
  final KbsService kbs;

  /**
   * @param tpmRoot key of the root that certifies the guests' TPMs
   * @param development whether development TEEs are accepted
   */
  TestBroker(Path folder, TestClock clock, byte[] tpmRoot, boolean development) throws IOException {
    SecureRandom random = new SecureRandom();
    this.clock = clock;
    database = Database.open(folder);
    Envelope envelope =
        new Envelope(FileStoreKey.openOrCreate(folder.resolve("store.key"), random), random);
    SystemKeys keys = new SystemKeys(database, envelope);
    outbox = new SqliteOutbox(database);
    Arrivals arrivals = new Arrivals();
    DecisionLog decisions = new DecisionLog(new Ledger<>(outbox), arrivals);
    WorkloadStore workloads = new WorkloadStore(database);
    ResourceStore resources = new ResourceStore(database, envelope);
    ResourcePolicyStore policies = new ResourcePolicyStore(database);
    AttestedGuests guests = new AttestedGuests(1 << 24);
    KeyPair tokenPair = StoredKeyPair.p256(keys, "token", random);
    tokens =
        new TokenSigner(
            tokenPair,
            SelfSigned.certificate(
                tokenPair,
                "test",
                List.of(),
                List.of(),
                clock.instant(),
                clock.instant().plusSeconds(1_000_000),
                random));
    TrustAnchor anchor =
        new TrustAnchor("foundry", "tpm-ek", Bytes.of(tpmRoot), TrustAnchor.Origin.DEVELOPMENT);
    Policy policy = Policy.release();
    kbs =
        new KbsService(
            new Handshakes(
                new SessionSealer(session(keys, random), random),
                (offer, secret) -> {
                  CredentialChallenge made =
                      CredentialChallenge.make(
                          Certificate.parse(Bytes.of(offer.ekCertificate())),
                          TpmPublic.parse(Bytes.of(offer.akPublicArea())),
                          secret,
                          random);
                  return new TpmActivation(
                      made.credentialBlob().toArray(), made.encryptedSecret().toArray());
                },
                random,
                clock,
                Duration.ofMinutes(5)),
            new Attestor(
                Verifier.create(
                    new JcaSignatureEngine(),
                    Endorsements.of(new TrustAnchors(List.of(anchor)), List.of())),
                new Collateral(List.of()),
                workloads,
                decisions,
                tokens,
                guests,
                clock,
                new Attestor.Settings(
                    policy,
                    development,
                    Duration.ofMinutes(5),
                    List.of("broker:test"),
                    List.of(anchor))),
            new Tokens(tokens, guests, clock),
            new Releaser(
                resources,
                policies,
                decisions,
                new JweSealer(random),
                clock,
                policy,
                development,
                List.of("broker:test")),
            new StrayRefusals(decisions, clock));
    admin =
        new AdminService(
            workloads,
            resources,
            policies,
            decisions,
            new DecisionStore(database, arrivals),
            guests,
            clock);
  }

  private static SecretBytes session(SystemKeys keys, SecureRandom random) throws IOException {
    return keys.getOrMake(
        "session",
        () -> {
          byte[] key = new byte[32];
          random.nextBytes(key);
          return SecretBytes.owning(key);
        });
  }

  /** The init-data of a workload's guests. */
  static String initData(String workload) {
    return """
        version = "0.1.0"
        algorithm = "sha256"

        [data]
        "cofferdam.toml" = '''
        workload = "%s"
        '''
        """
        .formatted(workload);
  }

  /** Registers the workload, which may have its one secret, and stores that. */
  void register(String workload, String secret) throws IOException {
    ReferenceSet references =
        new ReferenceSet(
            workload,
            List.of(
                ReferenceValue.predicted(
                    "pod.init-data",
                    "/pod/init-data",
                    Json.of(
                        Bytes.of(initData(workload).getBytes(StandardCharsets.UTF_8))
                            .sha256()
                            .hex()),
                    "init-data"),
                ReferenceValue.predicted(
                    "pod.main.args",
                    "/pod/containers/main/args",
                    Json.strings(List.of(ARGS)),
                    "command")));
    Json body =
        Json.object()
            .put("references", references.toJson())
            .put("initdata", initData(workload))
            .put("secrets", Json.strings(List.of(secret)))
            .build();
    admin.putWorkload("test", workload, TestGuest.bytes(body));
    admin.putResource(
        "test", secret, SecretBytes.owning("top secret".getBytes(StandardCharsets.UTF_8)));
  }

  /** Everything on record, oldest first. */
  List<LedgerRecord> records() throws IOException {
    return outbox.read(0, 10_000).stream()
        .map(Submission::record)
        .map(LedgerRecord::decode)
        .toList();
  }

  LedgerRecord lastRecord() throws IOException {
    return records().getLast();
  }

  @Override
  public void close() throws IOException {
    database.close();
  }
}
