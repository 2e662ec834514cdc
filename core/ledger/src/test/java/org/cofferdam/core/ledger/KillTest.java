// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.ledger.journal.JournalOutbox;
import org.cofferdam.core.ledger.monitor.Monitor;
import org.cofferdam.core.ledger.monitor.Report;
import org.cofferdam.core.ledger.note.Checkpoint;
import org.cofferdam.core.ledger.note.NoteSigner;
import org.cofferdam.core.ledger.tiles.FileDisk;
import org.cofferdam.core.ledger.tiles.FileSource;
import org.cofferdam.core.ledger.tiles.LogReader;
import org.cofferdam.core.ledger.tiles.TileStore;
import org.cofferdam.core.ledger.tree.MerkleTree;
import org.cofferdam.core.ledger.tree.ProofCheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the process that writes the log, hundreds of times, and looks what is there then. */
@Tag("slow")
class KillTest {
  private static final int KILLS = Integer.getInteger("cofferdam.test.kills", 300);

  @TempDir private Path log;
  @TempDir private Path keys;
  private final SplittableRandom random = new SplittableRandom(20_261_124);
  private final Map<Long, String> acknowledged = new HashMap<>();
  private Checkpoint seen = new Checkpoint(TestLog.ORIGIN, 0, Digests.sha256(), List.of());

  @Test
  void whatWasAcknowledgedIsThereAndProvenAndTheLogNeverForks()
      throws IOException, GeneralSecurityException, InterruptedException {
    KeyPair pair = TestLog.pair();
    Files.write(keys.resolve("public"), pair.getPublic().getEncoded());
    Files.write(keys.resolve("private"), pair.getPrivate().getEncoded());
    NoteSigner signer = KillTarget.signer(keys);
    int productive = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Map<Long, String> round = live(kill);
      productive += round.isEmpty() ? 0 : 1;
      for (Map.Entry<Long, String> ack : round.entrySet()) {
        assertThat(acknowledged.put(ack.getKey(), ack.getValue())).as("index given twice").isNull();
      }
      check(signer, round);
    }
    Report report =
        new Monitor(new FileSource(log), signer.logKey(), TestLog.ORIGIN, List.of(), 0).check(seen);
    assertThat(report.problems()).isEmpty();
    assertThat(report.contentMissing()).isZero();
    assertThat(report.recordsChecked()).isGreaterThanOrEqualTo(acknowledged.size());
    // Kills that come before the first acknowledgement count, but they must not be all.
    assertThat(productive).isGreaterThan(KILLS / 4);
    System.out.println(
        KILLS + " kills, " + acknowledged.size() + " acknowledged, " + seen.size() + " in the log");
  }

  /** One process, from its start to its kill; returns what it acknowledged. */
  private Map<Long, String> live(int kill) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(classPath());
    command.add(KillTarget.class.getName());
    command.addAll(
        List.of(log.toString(), keys.toString(), Integer.toString(1_000_000 * (kill + 1))));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Map<Long, String> acks = new HashMap<>();
    int wanted = random.nextInt(40);
    long pause = random.nextInt(30);
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      // Some are killed while they start, the others some moments after an acknowledgement.
      if (wanted == 0) {
        Thread.sleep(random.nextInt(400));
        process.toHandle().destroyForcibly();
      }
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        // The kill may cut the last line short: that acknowledgement reached nobody.
        if (line.matches("ack [0-9]+ [0-9a-f]{64}")) {
          String[] parts = line.split(" ", -1);
          acks.put(Long.parseLong(parts[1]), parts[2]);
        }
        assertThat(line).doesNotStartWith("fault");
        if (acks.size() == wanted) {
          Thread.sleep(pause);
          process.toHandle().destroyForcibly();
        }
      }
    }
    assertThat(process.waitFor()).isEqualTo(128 + 9);
    return acks;
  }

  private void check(NoteSigner signer, Map<Long, String> round) throws IOException {
    try (FileDisk disk = FileDisk.open(log)) {
      TileStore store = new TileStore(disk);
      Sequencer sequencer =
          Sequencer.open(JournalOutbox.open(disk, KillTarget.SEGMENT), store, signer);
      sequencer.run();
      Checkpoint head = sequencer.head();
      LogReader reader = new LogReader(store, head.size());
      assertThat(
              ProofCheck.consistency(
                  seen.size(),
                  seen.root(),
                  head.size(),
                  head.root(),
                  MerkleTree.consistency(reader, seen.size(), head.size())))
          .isTrue();
      for (Map.Entry<Long, String> ack : round.entrySet()) {
        long index = ack.getKey();
        byte[] leaf = reader.node(0, index);
        List<byte[]> path = MerkleTree.inclusion(reader, index, head.size());
        assertThat(Hex.encode(leaf)).isEqualTo(ack.getValue());
        assertThat(ProofCheck.inclusion(index, head.size(), leaf, path, head.root())).isTrue();
      }
      seen = head;
    }
  }

  private static String classPath() {
    return Stream.of(KillTest.class, Ledger.class, Digests.class)
        .map(KillTest::location)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path location(Class<?> type) {
    return Path.of(
        java.net.URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }
}
