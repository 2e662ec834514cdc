// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.benchmarks.broker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cofferdam.apps.server.Cryptography;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.core.reference.ReferenceValue;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestAmd;
import org.cofferdam.quality.foundry.TestIntel;
import org.cofferdam.quality.foundry.TestTee;

/**
 * Whole handshakes (challenge, evidence, one secret) against a server in a process of its own, with
 * every default check and the durable log on. Arguments: seconds of warm-up, seconds of
 * measurement, guests at a time, {@code snp} or {@code tdx}, {@code sqlite} or {@code postgres},
 * reference values in the store.
 */
public final class ReleaseBenchmark {
  private static final String WORKLOAD = "default/orders";
  private static final String SECRET = "default/orders-db/password";
  private static final int VALUES_A_WORKLOAD = 100;

  private ReleaseBenchmark() {}

  public static void main(String[] args) throws Exception {
    Duration warmUp = Duration.ofSeconds(Integer.parseInt(args[0]));
    Duration measured = Duration.ofSeconds(Integer.parseInt(args[1]));
    int guests = Integer.parseInt(args[2]);
    TestTee tee = tee(args[3]);
    int references = Integer.parseInt(args[5]);
    String cryptography = Cryptography.choose();
    Path folder = Files.createTempDirectory("release-benchmark");
    LoadPostgres postgres = args[4].equals("postgres") ? new LoadPostgres() : null;
    try (LoadServer server =
        new LoadServer(folder, tee, postgres == null ? null : postgres.configuration())) {
      register(server, tee, references);
      run(server, tee, guests, warmUp);
      long before = server.resident();
      Duration cpuBefore = server.cpu();
      Duration compilersBefore = server.compilers();
      Duration storeBefore = postgres == null ? Duration.ZERO : postgres.cpu();
      Duration driverBefore = own();
      long begun = System.nanoTime();
      List<Long> nanos = run(server, tee, guests, measured);
      double seconds = (System.nanoTime() - begun) / 1e9;
      Duration cpu = server.cpu().minus(cpuBefore);
      Duration compilers = server.compilers().minus(compilersBefore);
      Duration driver = own().minus(driverBefore);
      Duration store = postgres == null ? Duration.ZERO : postgres.cpu().minus(storeBefore);
      Collections.sort(nanos);
      System.out.println(
          Json.object()
              .put("tee", tee.wire())
              .put("store", args[4])
              .put("references", references)
              .put("cryptography", cryptography)
              .put("releases", nanos.size())
              .put("wallPerSecond", Math.round(nanos.size() / seconds))
              .put("serverCpuMicrosPerRelease", micros(cpu, nanos.size()))
              .put("ofThemCompiling", micros(compilers, nanos.size()))
              .put("storeCpuMicrosPerRelease", micros(store, nanos.size()))
              .put("driverCpuMicrosPerRelease", micros(driver, nanos.size()))
              .put("p50Micros", nanos.get(nanos.size() / 2) / 1000)
              .put("p99Micros", nanos.get(nanos.size() * 99 / 100) / 1000)
              .put("residentMiBBefore", before >> 20)
              .put("residentMiBAfter", server.resident() >> 20)
              .put("cryptoMicros", CryptoFloor.measure(tee.wire()))
              .build()
              .write());
    } finally {
      if (postgres != null) {
        postgres.close();
      }
    }
  }

  private static long micros(Duration all, int releases) {
    return all.toNanos() / 1000 / Math.max(1, releases);
  }

  private static Duration own() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static TestTee tee(String wire) {
    return switch (wire) {
      case "snp" ->
          TestTee.snp(
              new TestAmd(
                  TestAmd.Keys.generate(),
                  new TestAmd.Machine("Genoa", 5, false),
                  Instant.now().minusSeconds(3600),
                  Hook.none()));
      case "tdx" -> TestTee.tdx(new TestIntel(Instant.now(), Hook.none()));
      default -> throw new IllegalArgumentException("snp or tdx, not " + wire);
    };
  }

  private static List<Long> run(LoadServer server, TestTee tee, int guests, Duration time)
      throws Exception {
    long end = System.nanoTime() + time.toNanos();
    List<Long> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(guests)) {
      List<Future<List<Long>>> running = new ArrayList<>();
      for (int i = 0; i < guests; i++) {
        running.add(
            threads.submit(
                () -> {
                  LoadGuest guest = new LoadGuest(server.plain(), tee, initData(WORKLOAD), SECRET);
                  List<Long> nanos = new ArrayList<>();
                  while (System.nanoTime() < end) {
                    long begun = System.nanoTime();
                    guest.handshake();
                    nanos.add(System.nanoTime() - begun);
                  }
                  return nanos;
                }));
      }
      for (Future<List<Long>> one : running) {
        all.addAll(one.get());
      }
    }
    return all;
  }

  /** The guests' workload, and as many others as make up the number of reference values. */
  private static void register(LoadServer server, TestTee tee, int references) throws Exception {
    put(server, WORKLOAD, tee, Math.min(references, VALUES_A_WORKLOAD));
    server.administer("POST", "/kbs/v0/resource/" + SECRET, "correct horse battery staple");
    int others = (references - 1) / VALUES_A_WORKLOAD;
    for (int i = 0; i < others; i++) {
      put(server, "other/workload-" + i, tee, VALUES_A_WORKLOAD);
    }
  }

  private static void put(LoadServer server, String workload, TestTee tee, int values)
      throws Exception {
    List<ReferenceValue> references = new ArrayList<>();
    for (int i = 0; i < values; i++) {
      references.add(
          ReferenceValue.predicted(
              "measurement-" + i, tee.claim(), Json.of(tee.value()), "what is started"));
    }
    Json body =
        Json.object()
            .put("references", new ReferenceSet(workload, references).toJson())
            .put("initdata", initData(workload))
            .put("secrets", Json.strings(List.of(SECRET)))
            .build();
    server.administer("PUT", "/api/v1/workloads/" + workload, body.write());
  }

  private static String initData(String workload) {
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
}
