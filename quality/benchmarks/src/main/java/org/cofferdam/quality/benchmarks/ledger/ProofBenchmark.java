// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.benchmarks.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.cofferdam.core.ledger.ContentDigest;
import org.cofferdam.core.ledger.tiles.FileSource;
import org.cofferdam.core.ledger.tiles.LogReader;
import org.cofferdam.core.ledger.tiles.TileBuilder;
import org.cofferdam.core.ledger.tree.MerkleHash;
import org.cofferdam.core.ledger.tree.MerkleTree;
import org.cofferdam.core.ledger.tree.ProofCheck;

/**
 * Proofs in a big log, which is filled by a bulk loader without forced writes. Each proof is made
 * by a reader that has nothing cached.
 *
 * <p>Arguments: a folder with some room (about 700 bytes a record), number of records.
 */
public final class ProofBenchmark {
  private static final int PROOFS = 2_000;

  private ProofBenchmark() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory(Path.of(args[0]), "proofs");
    long size = Long.parseLong(args[1]);
    long start = System.nanoTime();
    TileBuilder builder = load(folder, size);
    byte[] root = builder.root();
    System.out.printf(
        Locale.ROOT, "%d records loaded in %.0f s%n", size, (System.nanoTime() - start) / 1e9);
    FileSource source = new FileSource(folder);
    SplittableRandom random = new SplittableRandom(7);
    long[] inclusion = new long[PROOFS];
    long[] check = new long[PROOFS];
    long[] consistency = new long[PROOFS];
    for (int i = 0; i < PROOFS; i++) {
      long index = random.nextLong(size);
      long before = System.nanoTime();
      LogReader reader = new LogReader(source, size);
      byte[] entry = reader.entry(index);
      List<byte[]> path = MerkleTree.inclusion(reader, index, size);
      long made = System.nanoTime();
      if (!ProofCheck.inclusion(index, size, MerkleHash.leaf(entry), path, root)) {
        throw new IllegalStateException("no proof of " + index);
      }
      long checked = System.nanoTime();
      MerkleTree.consistency(new LogReader(source, size), 1 + random.nextLong(size), size);
      consistency[i] = System.nanoTime() - checked;
      inclusion[i] = made - before;
      check[i] = checked - made;
    }
    print("record and its proof", inclusion);
    print("check of a proof", check);
    print("consistency proof", consistency);
  }

  private static TileBuilder load(Path folder, long size) throws IOException {
    String template =
        new String(
            Samples.record(0, ContentDigest.of(new byte[0])).encode(), StandardCharsets.UTF_8);
    TileBuilder builder = new TileBuilder();
    TileBuilder.Sink sink = (path, content) -> write(folder.resolve(path), content);
    String correlation = String.format("%016x", 0);
    int at = template.indexOf(correlation);
    byte[] entry = template.getBytes(StandardCharsets.UTF_8);
    for (long i = 0; i < size; i++) {
      byte[] number = String.format("%016x", i).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(number, 0, entry, at, number.length);
      builder.add(entry, sink);
    }
    for (var partial : builder.partials().entrySet()) {
      write(folder.resolve(partial.getKey()), partial.getValue());
    }
    return builder;
  }

  private static void write(Path file, byte[] content) throws IOException {
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.write(file, content);
  }

  private static void print(String what, long[] nanos) {
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "| %s | p50 %.3f ms | p99 %.3f ms |%n",
        what,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6);
  }
}
