// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.benchmarks.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.cofferdam.core.ledger.ContentDigest;
import org.cofferdam.core.ledger.Ledger;
import org.cofferdam.core.ledger.Outbox;
import org.cofferdam.core.ledger.Sequencer;
import org.cofferdam.core.ledger.journal.JournalOutbox;
import org.cofferdam.core.ledger.note.NoteSigner;
import org.cofferdam.core.ledger.tiles.FileDisk;
import org.cofferdam.core.ledger.tiles.TileStore;
import org.cofferdam.services.broker.store.Database;
import org.cofferdam.services.broker.store.SqlOutbox;
import org.cofferdam.services.broker.store.SqliteDatabase;

/**
 * Durable appends a second while the sequencer follows, with the outbox in files and in SQLite, and
 * the disk's own rate of forced writes before and after.
 *
 * <p>Arguments: a folder on the disk to measure, seconds a measurement, and optionally {@code
 * files} or {@code sqlite} for that outbox alone.
 */
public final class AppendBenchmark {
  private static final int[] CALLERS = {1, 16, 64, 256};

  private final Path folder;
  private final Duration duration;

  private AppendBenchmark(Path folder, Duration duration) {
    this.folder = folder;
    this.duration = duration;
  }

  public static void main(String[] args)
      throws IOException, InterruptedException, NoSuchAlgorithmException {
    AppendBenchmark benchmark =
        new AppendBenchmark(
            Files.createTempDirectory(Path.of(args[0]), "appends"),
            Duration.ofSeconds(Long.parseLong(args[1])));
    List<String> outboxes = args.length > 2 ? List.of(args[2]) : List.of("files", "sqlite");
    System.out.printf("forced 4 KiB writes/s before: %.0f%n", benchmark.forcedWrites());
    System.out.println(
        "| outbox | callers | appends/s | p50 ms | p99 ms | forces/append | in tiles at the end |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (String outbox : outboxes) {
      for (int callers : CALLERS) {
        benchmark.measure(outbox, callers);
      }
    }
    System.out.printf("forced 4 KiB writes/s after: %.0f%n", benchmark.forcedWrites());
  }

  private double forcedWrites() throws IOException {
    long count = 0;
    long start = System.nanoTime();
    try (FileChannel file =
        FileChannel.open(
            folder.resolve("forced"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (System.nanoTime() - start < duration.toNanos()) {
        file.write(ByteBuffer.allocate(4096), 4096 * count++);
        file.force(true);
      }
    }
    return count * 1e9 / (System.nanoTime() - start);
  }

  private void measure(String kind, int callers)
      throws IOException, InterruptedException, NoSuchAlgorithmException {
    Path place = folder.resolve(kind + callers);
    NoteSigner signer =
        new NoteSigner("log.example", KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    try (FileDisk disk = FileDisk.open(place.resolve("log"))) {
      CountingDisk tiles = new CountingDisk(disk);
      if (kind.equals("files")) {
        CountingDisk journal = new CountingDisk(disk);
        run(kind, callers, JournalOutbox.open(journal), tiles, signer, journal.forces());
      } else {
        try (Database database = SqliteDatabase.open(place.resolve("store"))) {
          run(kind, callers, new SqlOutbox(database), tiles, signer, new AtomicLong(-1));
        }
      }
    }
  }

  private <T> void run(
      String kind,
      int callers,
      Outbox<T> outbox,
      CountingDisk tiles,
      NoteSigner signer,
      AtomicLong forces)
      throws IOException, InterruptedException {
    Sequencer sequencer = Sequencer.open(outbox, new TileStore(tiles), signer);
    Ledger<T> ledger = new Ledger<>(outbox);
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong numbers = new AtomicLong();
    ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
    long forcesBefore = forces.get();
    long start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      threads.add(Thread.ofPlatform().start(() -> append(ledger, numbers, latencies, stop)));
    }
    Thread follower = Thread.ofPlatform().start(() -> follow(sequencer, stop));
    Thread.sleep(duration);
    stop.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long inTiles = sequencer.head().size();
    follower.join();
    long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
    long used = forces.get() - forcesBefore;
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %.0f | %.1f | %.1f | %s | %d %% |%n",
        kind,
        callers,
        sorted.length / seconds,
        sorted[sorted.length / 2] / 1e6,
        sorted[sorted.length * 99 / 100] / 1e6,
        used > 0 ? String.format(Locale.ROOT, "%.3f", (double) used / sorted.length) : "see strace",
        100 * inTiles / Math.max(1, Arrays.stream(sorted).count()));
  }

  private static <T> void append(
      Ledger<T> ledger,
      AtomicLong numbers,
      ConcurrentLinkedQueue<Long> latencies,
      AtomicBoolean stop) {
    while (!stop.get()) {
      long number = numbers.getAndIncrement();
      byte[] evidence = Samples.evidence(number);
      long start = System.nanoTime();
      try {
        ledger.record(
            Samples.record(number, ContentDigest.of(evidence)), Samples.content(evidence));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      latencies.add(System.nanoTime() - start);
    }
  }

  private static void follow(Sequencer sequencer, AtomicBoolean stop) {
    try {
      while (!stop.get()) {
        sequencer.run();
        Thread.sleep(100);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
