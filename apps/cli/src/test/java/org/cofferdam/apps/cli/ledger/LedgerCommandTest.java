// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import org.cofferdam.apps.cli.Main;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.ContentDigest;
import org.cofferdam.core.ledger.Decision;
import org.cofferdam.core.ledger.Ledger;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.ledger.PolicyRef;
import org.cofferdam.core.ledger.Sequencer;
import org.cofferdam.core.ledger.journal.JournalOutbox;
import org.cofferdam.core.ledger.note.LogProof;
import org.cofferdam.core.ledger.note.NoteSigner;
import org.cofferdam.core.ledger.replay.VerifierInput;
import org.cofferdam.core.ledger.tiles.FileDisk;
import org.cofferdam.core.ledger.tiles.TileStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerCommandTest {
  private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");
  private static final String ORIGIN = "log.example/orders";

  @TempDir private Path folder;
  private final NoteSigner signer;

  LedgerCommandTest() throws NoSuchAlgorithmException {
    signer = new NoteSigner(ORIGIN, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
  }

  @BeforeEach
  void fill() throws IOException {
    append(3);
  }

  private void append(int count) throws IOException {
    try (FileDisk disk = FileDisk.open(folder)) {
      JournalOutbox outbox = JournalOutbox.open(disk);
      Sequencer sequencer = Sequencer.open(outbox, new TileStore(disk), signer);
      Ledger<JournalOutbox.NoStore> ledger = new Ledger<>(outbox);
      for (int i = 0; i < count; i++) {
        byte[] policy = Policy.genuine().toJson().canonical();
        byte[] evidence =
            new VerifierInput(
                    Expectations.at(AT, Policy.genuine()).withKind("tpm-quote"),
                    List.of(),
                    Bytes.of("{\"tpm_quote\":{},\"ak_public\":\"*\"}".getBytes(UTF8)),
                    Json.Null.NULL)
                .encode();
        LedgerRecord record =
            LedgerRecord.builder(AT.plusSeconds(i), Decision.REFUSED, "default/orders")
                .tee("tpm", "unproven")
                .evidence(ContentDigest.of(evidence))
                .policy(new PolicyRef("genuine", "1", ContentDigest.of(policy)))
                .reason(i == 1 ? "tpm.pcr4" : "tpm-quote.structure", "a", "b")
                .build();
        ledger.record(record, List.of(evidence, policy));
      }
      sequencer.run();
    }
  }

  private static final java.nio.charset.Charset UTF8 = StandardCharsets.UTF_8;

  private record Outcome(int code, String out) {
    Json.Obj json() {
      return Json.parse(out.getBytes(UTF8)).asObject("output");
    }
  }

  private static Outcome run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, UTF8));
    try {
      int code = Main.commandLine().execute(args);
      return new Outcome(code, out.toString(UTF8));
    } finally {
      System.setOut(before);
    }
  }

  private Outcome ledger(String command, String... more) {
    List<String> args = new java.util.ArrayList<>(List.of("ledger", command, folder.toString()));
    args.addAll(List.of(more));
    args.addAll(List.of("--output", "json"));
    return run(args.toArray(new String[0]));
  }

  private String key() {
    return signer.logKey().toString();
  }

  @Test
  void verifyPrintsTheContract() {
    Outcome verified = ledger("verify", "--key", key());
    assertThat(verified.code()).isZero();
    assertThat(verified.json().integer("size")).isEqualTo(3);
    assertThat(verified.json().integer("recordsChecked")).isEqualTo(3);
    assertThat(verified.json().string("rootHash")).matches("[0-9a-f]{64}");
    assertThat(verified.json().require("consistent")).isEqualTo(Json.of(true));
  }

  @Test
  void aChangedRecordIsRefused() throws IOException {
    Path bundle = folder.resolve("tile/entries/000.p/3");
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[bytes.length - 3] ^= 1;
    Files.write(bundle, bytes);
    Outcome verified = ledger("verify", "--key", key());
    assertThat(verified.code()).isEqualTo(1);
    assertThat(verified.json().require("consistent")).isEqualTo(Json.of(false));
    assertThat(ledger("prove", "2").code()).isEqualTo(1);
  }

  @Test
  void anotherKeyIsRefused() throws NoSuchAlgorithmException {
    String other =
        new NoteSigner(ORIGIN, KeyPairGenerator.getInstance("Ed25519").generateKeyPair())
            .logKey()
            .toString();
    Outcome verified = ledger("verify", "--key", other);
    assertThat(verified.code()).isEqualTo(1);
    assertThat(verified.json().require("consistent")).isEqualTo(Json.of(false));
    assertThat(ledger("show", "--key", other).code()).isEqualTo(1);
  }

  @Test
  void verifyWithoutAKeyIsWrongUsage() {
    assertThat(ledger("verify").code()).isEqualTo(2);
    assertThat(ledger("verify", "--key", "nonsense").code()).isEqualTo(2);
  }

  @Test
  void aFolderWithoutALogIsUndecided(@TempDir Path empty) {
    assertThat(run("ledger", "verify", empty.toString(), "--key", key()).code()).isEqualTo(3);
    assertThat(run("ledger", "show", empty.toString()).code()).isEqualTo(3);
    assertThat(run("ledger", "show", empty.resolve("none").toString()).code()).isEqualTo(2);
  }

  @Test
  void anEarlierHeadMustStillHold(@TempDir Path kept) throws IOException {
    Path since = Files.copy(folder.resolve("checkpoint"), kept.resolve("checkpoint"));
    append(2);
    assertThat(ledger("verify", "--key", key(), "--since", since.toString()).code()).isZero();
    Files.writeString(since, "nothing");
    assertThat(ledger("verify", "--key", key(), "--since", since.toString()).code()).isEqualTo(2);
  }

  @Test
  void aQuorumOfWitnessesThatDidNotSignIsRefused() {
    assertThat(ledger("verify", "--key", key(), "--quorum", "1").code()).isEqualTo(1);
  }

  @Test
  void showPrintsTheLatestRecordsOrOne() {
    Json.Obj all = ledger("show", "--last", "2").json();
    assertThat(all.array("records")).hasSize(2);
    assertThat(all.require("signatureChecked")).isEqualTo(Json.of(false));
    Json.Obj one = ledger("show", "1", "--key", key()).json();
    assertThat(one.array("records").getFirst().asObject("r").integer("index")).isEqualTo(1);
    assertThat(one.require("signatureChecked")).isEqualTo(Json.of(true));
    assertThat(ledger("show", "3").code()).isEqualTo(2);
  }

  @Test
  void aProofHoldsWithTheKeyAlone() {
    Json.Obj proof = ledger("prove", "1").json();
    LogProof read = LogProof.parse(proof.string("proof").getBytes(UTF8));
    byte[] record =
        ledger("show", "1")
            .json()
            .array("records")
            .getFirst()
            .asObject("r")
            .require("record")
            .canonical();
    assertThat(read.proves(record, signer.logKey(), ORIGIN)).isTrue();
    assertThat(run("ledger", "prove", folder.toString(), "1").out()).isEqualTo(read.encode());
    assertThat(ledger("prove", "3").code()).isEqualTo(2);
  }

  @Test
  void tailWithJsonIsOneDocument() {
    assertThat(ledger("tail", "--from", "1").json().array("records")).hasSize(2);
  }

  @Test
  void replaySaysWhetherTheVerdictIsStillTheSame() {
    Outcome same = ledger("replay", "0");
    assertThat(same.code()).isZero();
    assertThat(same.json().require("agrees")).isEqualTo(Json.of(true));
    assertThat(same.json().object("then").string("verdict")).isEqualTo("refused");
    assertThat(same.json().object("now").string("verdict")).isEqualTo("refused");
    assertThat(ledger("replay", "1").code()).isEqualTo(1);
  }

  @Test
  void replayWithoutTheContentIsUndecided() throws IOException {
    try (var files = Files.walk(folder.resolve("content"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    assertThat(ledger("replay", "0").code()).isEqualTo(3);
  }

  @Test
  void aLogIsReadFromAnyWebServer() throws IOException {
    HttpServer server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            folder.toAbsolutePath(),
            SimpleFileServer.OutputLevel.NONE);
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      assertThat(run("ledger", "verify", url, "--key", key()).code()).isZero();
      assertThat(run("ledger", "replay", url + "/", "0").code()).isZero();
    } finally {
      server.stop(0);
    }
    assertThat(run("ledger", "verify", "http://127.0.0.1:1", "--key", key()).code()).isEqualTo(3);
  }
}
