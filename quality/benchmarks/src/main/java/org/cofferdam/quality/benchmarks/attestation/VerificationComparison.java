// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.benchmarks.attestation;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.SignatureEngine;
import org.cofferdam.core.bytes.SignatureEngines;

/**
 * Verification with chains and collateral seen before, and cold, per engine; the bare signature
 * beside it; OpenSSL and dcap-qvl in the same run, contenders taking turns. All figures are CPU
 * time of one thread, so that a busy machine does not decide.
 *
 * <p>Arguments, both optional: the folder of recorded vectors and the binary of {@code
 * quality/conformance/dcap-qvl}, for the peer.
 */
public final class VerificationComparison {
  private static final int ROUNDS = 5;
  private static final int WARM_UP = 5000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Which piece is next: the same piece comes back only after all others. */
  private static int next;

  private VerificationComparison() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    System.out.printf(
        "%s, JDK %s, %d processors%n%n",
        System.getProperty("os.arch"),
        Runtime.version(),
        Runtime.getRuntime().availableProcessors());
    for (Samples.Kind kind : Samples.Kind.values()) {
      Samples samples = new Samples(kind);
      System.out.printf(
          "| %s, engine | bare signature us | warm us | ratio | cold us | bytes allocated warm |%n",
          kind);
      System.out.println("|---|---|---|---|---|---|");
      for (SignatureEngine engine : SignatureEngines.available()) {
        row(samples, engine);
      }
      System.out.println();
    }
    openssl();
    if (args.length == 2) {
      peer(Path.of(args[0]), args[1]);
    }
  }

  private static void row(Samples samples, SignatureEngine engine) {
    Verifier kept = samples.verifier(engine);
    IntConsumer floor = i -> samples.floor(engine, i);
    IntConsumer warm = i -> samples.verify(kept, i);
    IntConsumer cold = i -> samples.verify(samples.verifier(engine), i);
    for (int i = 0; i < WARM_UP; i++) {
      floor.accept(i);
      warm.accept(i);
      if (i % 10 == 0) {
        cold.accept(i);
      }
    }
    double[] floors = new double[ROUNDS];
    double[] warms = new double[ROUNDS];
    double[] colds = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      floors[round] = micros(floor, 1500);
      warms[round] = micros(warm, 3000);
      colds[round] = micros(cold, 100);
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.2f | %.0f | %,d |%n",
        engine.name(),
        median(floors),
        median(warms),
        median(warms) / median(floors),
        median(colds),
        allocated(warm, 1000));
  }

  private static double micros(IntConsumer work, int count) {
    long before = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < count; i++) {
      work.accept(next++);
    }
    return (THREADS.getCurrentThreadCpuTime() - before) / 1000.0 / count;
  }

  private static long allocated(IntConsumer work, int count) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < count; i++) {
      work.accept(next++);
    }
    return (THREADS.getCurrentThreadAllocatedBytes() - before) / count;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void openssl() throws IOException, InterruptedException {
    System.out.println(run(List.of("openssl", "version")).strip());
    for (String curve : List.of("ecdsap256", "ecdsap384")) {
      List<String> lines =
          run(List.of("openssl", "speed", "-seconds", "2", curve)).lines().toList();
      System.out.println(lines.getLast().strip());
    }
  }

  private static void peer(Path vectors, String binary) throws IOException, InterruptedException {
    List<String> rates = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      rates.add(
          run(List.of(
                  binary,
                  "rate",
                  vectors.resolve("sgx/dcap-qvl-sample/quote.bin").toString(),
                  vectors
                      .resolve("dcap-collateral/sgx-00a067110000-eval17-2025-07-04-ae3d6625eb.json")
                      .toString(),
                  "1751624924",
                  "1000"))
              .strip());
    }
    System.out.println("dcap-qvl, verifications a CPU second, five rounds: " + rates);
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + " failed");
    }
    return out;
  }
}
