// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.ledger.ContentDigest;
import org.cofferdam.core.ledger.ContentStore;
import org.cofferdam.core.ledger.Submission;
import org.cofferdam.core.ledger.TestLog;
import org.cofferdam.core.ledger.note.Checkpoint;
import org.cofferdam.core.ledger.note.NoteSigner;
import org.cofferdam.core.ledger.note.SignedNote;
import org.cofferdam.core.ledger.note.VerifierKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MonitorTest {
  private static final int SIZE = 300;
  private final TestLog log;

  MonitorTest() throws IOException {
    log = new TestLog();
    log.fill(SIZE);
  }

  private Report check(@Nullable Checkpoint previous) throws IOException {
    return new Monitor(log.store, log.signer.logKey(), TestLog.ORIGIN, List.of(), 0)
        .check(previous);
  }

  @Test
  void aGoodLogIsConsistent() throws IOException {
    Report report = check(null);
    assertThat(report.problems()).isEmpty();
    assertThat(report.consistent()).isTrue();
    assertThat(report.recordsChecked()).isEqualTo(SIZE);
    assertThat(report.contentMissing()).isZero();
    assertThat(report.toJson().string("rootHash")).hasSize(64);
  }

  @Test
  void anEmptyLogIsConsistent() throws IOException {
    TestLog empty = new TestLog();
    Report report =
        new Monitor(empty.store, empty.signer.logKey(), TestLog.ORIGIN, List.of(), 0).check(null);
    assertThat(report.consistent()).isTrue();
    assertThat(report.recordsChecked()).isZero();
  }

  @Test
  void aChangedRecordIsFound() throws IOException {
    String path = "tile/entries/000";
    byte[] bundle = log.disk.read(path).orElseThrow();
    String text = new String(bundle, java.nio.charset.StandardCharsets.ISO_8859_1);
    log.disk.write(
        path,
        text.replaceFirst("c-7\"", "c-8\"").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    assertThat(check(null).problems())
        .containsExactly(
            "tile/0/000 is not what the records make",
            "tile/1/000.p/1 is not what the records make",
            "the records do not have the root that is signed");
  }

  @Test
  void aChangedTileIsFound() throws IOException {
    byte[] tile = log.disk.read("tile/0/000").orElseThrow();
    tile[100] ^= 1;
    log.disk.write("tile/0/000", tile);
    assertThat(check(null).problems()).containsExactly("tile/0/000 is not what the records make");
  }

  @Test
  void aMissingTileIsFound() throws IOException {
    log.disk.delete("tile/1/000.p/1");
    assertThat(check(null).problems()).containsExactly("tile/1/000.p/1 is missing");
  }

  @Test
  void missingRecordsAreFound() throws IOException {
    log.disk.delete("tile/entries/001.p/44");
    Report report = check(null);
    assertThat(report.recordsChecked()).isEqualTo(256);
    assertThat(report.consistent()).isFalse();
  }

  @Test
  void anEntryThatIsNoRecordIsFound() throws IOException {
    log.outbox.append(new Submission(new byte[] {'{', '}'}, List.of()), none -> {});
    log.sequencer.run();
    assertThat(check(null).problems()).singleElement().asString().startsWith("record 300");
  }

  @Test
  void changedContentIsFound() throws IOException {
    String path = ContentStore.path(ContentDigest.of(TestLog.evidence(5)));
    log.disk.write(path, new byte[] {1});
    assertThat(check(null).problems())
        .containsExactly(path + " holds other content than its name says");
  }

  @Test
  void contentThatIsGoneIsCounted() throws IOException {
    log.disk.delete(ContentStore.path(ContentDigest.of(TestLog.evidence(5))));
    Report report = check(null);
    assertThat(report.consistent()).isTrue();
    assertThat(report.contentMissing()).isEqualTo(1);
  }

  @Test
  void aLaterLogBeginsWithTheEarlierOne() throws IOException {
    Checkpoint earlier = log.sequencer.head();
    log.fill(300);
    assertThat(check(earlier).consistent()).isTrue();
  }

  @Test
  void aForkIsFound() throws IOException {
    Checkpoint other = new Checkpoint(TestLog.ORIGIN, 299, log.sequencer.head().root(), List.of());
    assertThat(check(other).problems())
        .containsExactly("the first 299 records are not those seen earlier");
  }

  @Test
  void aLogThatShrankIsFound() throws IOException {
    Checkpoint larger = new Checkpoint(TestLog.ORIGIN, 301, new byte[32], List.of());
    assertThat(check(larger).problems()).containsExactly("the log shrank from 301 to 300 records");
  }

  @Test
  void anotherKeysHeadIsRefused() {
    VerifierKey other = new NoteSigner(TestLog.ORIGIN, TestLog.pair()).logKey();
    assertThatThrownBy(
            () -> new Monitor(log.store, other, TestLog.ORIGIN, List.of(), 0).check(null))
        .isInstanceOf(MalformedEvidenceException.class);
  }

  @Test
  void withoutAHeadThereIsNothingToCheck() {
    assertThatThrownBy(
            () ->
                new Monitor(
                        path -> Optional.empty(), log.signer.logKey(), TestLog.ORIGIN, List.of(), 0)
                    .check(null))
        .isInstanceOf(IOException.class);
  }

  @Test
  void witnessesCountIfTheirCosignatureIsGood() throws IOException {
    NoteSigner good = new NoteSigner("good.example", TestLog.pair());
    NoteSigner bad = new NoteSigner("bad.example", TestLog.pair());
    List<VerifierKey> keys = List.of(good.witnessKey(), bad.witnessKey());
    SignedNote note = SignedNote.parse(log.store.read("checkpoint").orElseThrow());
    SignedNote cosigned =
        note.with(
            List.of(good.cosign(note.text(), Instant.EPOCH), bad.cosign("another", Instant.EPOCH)));
    log.store.replace("checkpoint", cosigned.encode());
    Report one = new Monitor(log.store, log.signer.logKey(), TestLog.ORIGIN, keys, 1).check(null);
    assertThat(one.cosigned()).containsExactly("good.example");
    assertThat(one.consistent()).isTrue();
    Report two = new Monitor(log.store, log.signer.logKey(), TestLog.ORIGIN, keys, 2).check(null);
    assertThat(two.problems()).containsExactly("1 witnesses cosigned the head, not 2");
  }
}
