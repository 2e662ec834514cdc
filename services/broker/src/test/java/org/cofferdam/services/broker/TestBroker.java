// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.cofferdam.core.attestation.CredentialChallenge;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.evidence.tpm.TpmPublic;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.ledger.tiles.FileSource;
import org.cofferdam.core.ledger.tiles.LogReader;
import org.cofferdam.core.protocol.kbs.TpmActivation;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.core.reference.ReferenceValue;
import org.cofferdam.services.broker.admin.AdminService;
import org.cofferdam.services.broker.kbs.KbsService;
import org.cofferdam.services.broker.keys.FileStoreKey;
import org.cofferdam.services.broker.store.Database;
import org.cofferdam.services.broker.store.SqlOutbox;
import org.cofferdam.services.broker.store.SqliteDatabase;
import org.cofferdam.services.broker.token.TokenSigner;

/** A whole broker over a folder, without HTTP: what a server assembles. */
final class TestBroker implements AutoCloseable {
  static final String WORKLOAD = "default/orders";
  static final String SECRET = "default/orders-db/password";
  static final String ARGS = "serve";

  private final Path folder;
  final TestClock clock;
  final Database database;
  final SqlOutbox outbox;
  final Broker broker;
  final AdminService admin;
  final TokenSigner tokens;
  final KbsService kbs;

  /**
   * @param tpmRoot key of the root that certifies the guests' TPMs
   * @param development whether development TEEs are accepted
   */
  TestBroker(Path folder, TestClock clock, byte[] tpmRoot, boolean development) throws IOException {
    this(
        folder,
        SqliteDatabase.open(folder),
        clock,
        List.of(
            new TrustAnchor(
                "foundry", "tpm-ek", Bytes.of(tpmRoot), TrustAnchor.Origin.DEVELOPMENT)),
        List.of(),
        development);
  }

  /**
   * @param folder for the store's key and the log
   */
  TestBroker(
      Path folder,
      Database database,
      TestClock clock,
      List<TrustAnchor> anchors,
      List<Document> collateral,
      boolean development)
      throws IOException {
    SecureRandom random = new SecureRandom();
    this.folder = folder;
    this.clock = clock;
    this.database = database;
    outbox = new SqlOutbox(database);
    broker =
        new Broker(
            new Broker.Settings(
                Verifier.create(
                    new JcaSignatureEngine(),
                    Endorsements.of(new TrustAnchors(anchors), collateral)),
                collateral,
                anchors,
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
                development,
                List.of("broker:test"),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                List.of()),
            database,
            FileStoreKey.openOrCreate(folder.resolve("store.key"), random),
            "broker.test/log",
            folder.resolve("log"),
            clock,
            random);
    kbs = broker.kbs();
    admin = broker.admin();
    tokens = broker.tokens();
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

  /** Everything on record, oldest first, once the log has it. */
  List<LedgerRecord> records() throws IOException {
    LogReader reader = reader();
    List<LedgerRecord> all = new ArrayList<>();
    for (long i = 0; i < reader.size(); i++) {
      all.add(LedgerRecord.decode(reader.entry(i)));
    }
    return all;
  }

  LedgerRecord lastRecord() throws IOException {
    LogReader reader = reader();
    return LedgerRecord.decode(reader.entry(reader.size() - 1));
  }

  private LogReader reader() throws IOException {
    long size = outbox.size();
    Path checkpoint = folder.resolve("log").resolve("checkpoint");
    while (Long.parseLong(Files.readAllLines(checkpoint).get(1)) < size) {
      LockSupport.parkNanos(1_000_000);
    }
    return new LogReader(new FileSource(folder.resolve("log")), size);
  }

  @Override
  public void close() throws IOException {
    broker.close();
  }
}
