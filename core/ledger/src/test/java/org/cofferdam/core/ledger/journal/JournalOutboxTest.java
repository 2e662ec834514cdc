// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.cofferdam.core.ledger.Submission;
import org.cofferdam.core.ledger.tiles.SimulatedDisk;
import org.junit.jupiter.api.Test;

class JournalOutboxTest {
  private static final String FIRST = "journal/0000000000000000000.log";
  private final SimulatedDisk disk = new SimulatedDisk();

  private static void append(JournalOutbox outbox, int number) throws IOException {
    byte[] record = {(byte) number};
    outbox.append(new Submission(record, List.of(new byte[number])), none -> {});
  }

  private static List<Integer> numbers(JournalOutbox outbox, long from, int limit)
      throws IOException {
    return outbox.read(from, limit).stream().map(s -> (int) s.record()[0]).toList();
  }

  @Test
  void whatWasAppendedIsReadAfterOpeningAgain() throws IOException {
    JournalOutbox outbox = JournalOutbox.open(disk);
    for (int i = 0; i < 5; i++) {
      append(outbox, i);
    }
    JournalOutbox again = JournalOutbox.open(disk);
    assertThat(again.size()).isEqualTo(5);
    assertThat(numbers(again, 0, 10)).containsExactly(0, 1, 2, 3, 4);
    assertThat(numbers(again, 2, 2)).containsExactly(2, 3);
    assertThat(numbers(again, 5, 2)).isEmpty();
    assertThat(again.read(3, 1).getFirst().content().getFirst()).hasSize(3);
  }

  @Test
  void oneAcknowledgementTakesOneForcedWrite() throws IOException {
    JournalOutbox outbox = JournalOutbox.open(disk);
    int before = disk.forces();
    append(outbox, 1);
    assertThat(disk.forces() - before).isEqualTo(1);
  }

  @Test
  void theFirstRecordSurvivesALossOfPowerAsEveryOther() throws IOException {
    append(JournalOutbox.open(disk), 1);
    for (int seed = 0; seed < 20; seed++) {
      SimulatedDisk found = disk.afterPowerLoss(new SplittableRandom(seed));
      assertThat(JournalOutbox.open(found).size()).isEqualTo(1);
    }
  }

  @Test
  void aBatchCutShortIsRemoved() throws IOException {
    JournalOutbox outbox = JournalOutbox.open(disk);
    append(outbox, 1);
    int whole = disk.read(FIRST).orElseThrow().length;
    append(outbox, 2);
    byte[] two = disk.read(FIRST).orElseThrow();
    for (int length = whole; length < two.length; length++) {
      disk.write(FIRST, java.util.Arrays.copyOf(two, length));
      JournalOutbox again = JournalOutbox.open(disk);
      assertThat(again.size()).isEqualTo(1);
      append(again, 3);
      assertThat(numbers(JournalOutbox.open(disk), 0, 10)).containsExactly(1, 3);
    }
  }

  @Test
  void damageBeforeAWholeBatchIsNoPowerLoss() throws IOException {
    JournalOutbox outbox = JournalOutbox.open(disk);
    append(outbox, 1);
    append(outbox, 2);
    byte[] damaged = disk.read(FIRST).orElseThrow();
    damaged[20] ^= 1;
    disk.write(FIRST, damaged);
    assertThatThrownBy(() -> JournalOutbox.open(disk)).hasMessageContaining("damaged");
  }

  @Test
  void aMissingFileIsNoticed() throws IOException {
    JournalOutbox outbox = JournalOutbox.open(disk, 1);
    for (int i = 0; i < 3; i++) {
      append(outbox, i);
    }
    disk.delete("journal/0000000000000000001.log");
    assertThatThrownBy(() -> JournalOutbox.open(disk)).hasMessageContaining("missing");
  }

  @Test
  void aStrangeFileIsNoticed() throws IOException {
    JournalOutbox.open(disk);
    disk.write("journal/notes.txt", new byte[0]);
    assertThatThrownBy(() -> JournalOutbox.open(disk)).hasMessageContaining("no journal file");
  }

  @Test
  void afterAFailedWriteNothingIsAccepted() throws IOException {
    JournalOutbox outbox = JournalOutbox.open(disk);
    disk.cutAfter(1);
    assertThatThrownBy(() -> append(outbox, 1)).isInstanceOf(IOException.class);
    disk.cutAfter(Integer.MAX_VALUE);
    assertThatThrownBy(() -> append(outbox, 2)).hasStackTraceContaining("opened again");
  }

  @Test
  void trimmedFilesGoAndTheirRecordsAreNotReadAsNone() throws IOException {
    JournalOutbox outbox = JournalOutbox.open(disk, 1);
    for (int i = 0; i < 5; i++) {
      append(outbox, i);
    }
    outbox.trim(3);
    assertThat(disk.list("journal"))
        .containsExactly("0000000000000000003.log", "0000000000000000004.log");
    assertThat(numbers(outbox, 3, 10)).containsExactly(3, 4);
    assertThatThrownBy(() -> outbox.read(2, 1)).hasMessageContaining("any more");
    outbox.trim(5);
    assertThat(JournalOutbox.open(disk, 1).size()).isEqualTo(5);
  }
}
