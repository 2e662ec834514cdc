// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.cofferdam.core.ledger.TestLog;
import org.cofferdam.core.ledger.note.Checkpoint;
import org.cofferdam.core.ledger.note.NoteSigner;
import org.cofferdam.core.ledger.note.SignedNote;
import org.cofferdam.core.ledger.tree.MerkleHash;
import org.cofferdam.core.ledger.tree.ProofCheck;
import org.junit.jupiter.api.Test;

class WitnessClientTest {
  private final TestLog log;
  private final NoteSigner key = new NoteSigner("witness.example", TestLog.pair());
  private final Witness witness = new Witness();

  WitnessClientTest() throws IOException {
    log = new TestLog();
  }

  /** A witness for one log, by the rules of C2SP tlog-witness. */
  private final class Witness implements WitnessClient.Transport {
    private final List<Integer> answers = new ArrayList<>();
    private long size;
    private byte[] root = MerkleHash.empty();

    @Override
    public WitnessClient.Answer addCheckpoint(String body) {
      WitnessClient.Answer answer = answer(body);
      answers.add(answer.status());
      return answer;
    }

    private WitnessClient.Answer answer(String body) {
      int blank = body.indexOf("\n\n");
      List<String> lines = body.substring(0, blank).lines().toList();
      SignedNote note =
          SignedNote.parse(body.substring(blank + 2).getBytes(StandardCharsets.UTF_8));
      Checkpoint head = Checkpoint.open(note, log.signer.logKey(), TestLog.ORIGIN);
      long old = Long.parseLong(lines.getFirst().substring("old ".length()));
      if (old != size) {
        return new WitnessClient.Answer(409, size + "\n");
      }
      List<byte[]> path =
          lines.subList(1, lines.size()).stream().map(Base64.getDecoder()::decode).toList();
      if (!ProofCheck.consistency(size, root, head.size(), head.root(), path)) {
        return new WitnessClient.Answer(422, "");
      }
      size = head.size();
      root = head.root();
      return new WitnessClient.Answer(
          200, key.cosign(note.text(), Instant.ofEpochSecond(1)).line() + "\n");
    }
  }

  private long good() throws IOException {
    SignedNote note = SignedNote.parse(log.store.read("checkpoint").orElseThrow());
    Checkpoint.open(note, log.signer.logKey(), TestLog.ORIGIN);
    return key.witnessKey().signatureOn(note).stream().count();
  }

  @Test
  void theHeadGetsItsCosignature() throws IOException {
    WitnessClient client = new WitnessClient(key.witnessKey(), witness);
    for (int count : new int[] {1, 2, 5, 300}) {
      log.fill(count);
      assertThat(good()).isZero();
      log.sequencer.cosign(client);
      assertThat(good()).isEqualTo(1);
    }
    assertThat(witness.answers).containsExactly(200, 200, 200, 200);
  }

  @Test
  void anotherHolderLearnsWhereTheWitnessIs() throws IOException {
    log.fill(3);
    log.sequencer.cosign(new WitnessClient(key.witnessKey(), witness));
    log.fill(4);
    log.sequencer.cosign(new WitnessClient(key.witnessKey(), witness));
    assertThat(good()).isEqualTo(1);
    assertThat(witness.answers).containsExactly(200, 409, 200);
  }

  @Test
  void aWitnessThatKnowsMoreThanTheLogIsReported() throws IOException {
    log.fill(3);
    WitnessClient client =
        new WitnessClient(key.witnessKey(), body -> new WitnessClient.Answer(409, "4\n"));
    assertThatThrownBy(() -> log.sequencer.cosign(client)).hasMessageContaining("does not have");
  }

  @Test
  void whatIsNoGoodCosignatureIsNotAdded() throws IOException {
    log.fill(3);
    NoteSigner other = new NoteSigner("witness.example", TestLog.pair());
    SignedNote note = SignedNote.parse(log.store.read("checkpoint").orElseThrow());
    for (String answer :
        List.of(
            "",
            "hello\n",
            other.cosign(note.text(), Instant.EPOCH).line() + "\n",
            key.cosign("another\n", Instant.EPOCH).line() + "\n",
            key.sign(note.text()).line() + "\n")) {
      WitnessClient client =
          new WitnessClient(key.witnessKey(), body -> new WitnessClient.Answer(200, answer));
      assertThatThrownBy(() -> log.sequencer.cosign(client)).isInstanceOf(IOException.class);
    }
    assertThat(good()).isZero();
    log.fill(1);
    assertThat(log.sequencer.head().size()).isEqualTo(4);
  }

  @Test
  void aRefusalIsReported() throws IOException {
    log.fill(3);
    WitnessClient client =
        new WitnessClient(key.witnessKey(), body -> new WitnessClient.Answer(403, ""));
    assertThatThrownBy(() -> log.sequencer.cosign(client)).hasMessageContaining("403");
  }
}
