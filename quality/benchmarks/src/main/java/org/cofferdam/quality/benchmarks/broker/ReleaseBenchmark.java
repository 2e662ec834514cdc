// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.benchmarks.broker;

import java.nio.charset.StandardCharsets;
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
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.core.reference.ReferenceValue;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestTpm;

/**
 * Whole handshakes (challenge with credential, evidence of a TPM, one secret) against a server in a
 * process of its own, with every default check and the durable log on. Arguments: seconds of
 * warm-up, seconds of measurement, guests at a time.
 */
public final class ReleaseBenchmark {
  private static final String WORKLOAD = "default/orders";
  private static final String SECRET = "default/orders-db/password";
  private static final String INIT_DATA =
      """
      version = "0.1.0"
      algorithm = "sha256"

      [data]
      "cofferdam.toml" = '''
      workload = "default/orders"
      '''
      """;

  private ReleaseBenchmark() {}

  public static void main(String[] args) throws Exception {
    Duration warmUp = Duration.ofSeconds(Integer.parseInt(args[0]));
    Duration measured = Duration.ofSeconds(Integer.parseInt(args[1]));
    int guests = Integer.parseInt(args[2]);
    TestTpm tpm = boot();
    Path folder = Files.createTempDirectory("release-benchmark");
    try (LoadServer server = new LoadServer(folder, tpm.root().certificate())) {
      register(server);
      run(server, tpm, guests, warmUp);
      Duration cpuBefore = server.cpu();
      long begun = System.nanoTime();
      List<Long> nanos = run(server, tpm, guests, measured);
      double seconds = (System.nanoTime() - begun) / 1e9;
      double cpu = server.cpu().minus(cpuBefore).toNanos() / 1e6;
      Collections.sort(nanos);
      System.out.println(
          Json.object()
              .put("releases", nanos.size())
              .put("wallPerSecond", Math.round(nanos.size() / seconds))
              .put("serverCpuMicrosPerRelease", Math.round(1000 * cpu / nanos.size()))
              .put("p50Micros", nanos.get(nanos.size() / 2) / 1000)
              .put("p99Micros", nanos.get(nanos.size() * 99 / 100) / 1000)
              .put("cryptoMicros", CryptoFloor.measure())
              .build()
              .write());
    }
  }

  private static List<Long> run(LoadServer server, TestTpm tpm, int guests, Duration time)
      throws Exception {
    long end = System.nanoTime() + time.toNanos();
    List<Long> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(guests)) {
      List<Future<List<Long>>> running = new ArrayList<>();
      for (int i = 0; i < guests; i++) {
        running.add(
            threads.submit(
                () -> {
                  LoadGuest guest = new LoadGuest(server.plain(), tpm, INIT_DATA, SECRET);
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

  private static TestTpm boot() {
    TestTpm tpm = new TestTpm(Instant.now().minusSeconds(60), Hook.none());
    String digest = initDataDigest();
    tpm.extend(
        8,
        6,
        Bytes.ofHex(digest).toArray(),
        entry("init-data", "{\"digest\":\"sha256:" + digest + "\"}"));
    tpm.measure(13, 6, entry("image", "{\"config\":\"c\",\"layers\":[\"l\"],\"manifest\":\"m\"}"));
    tpm.measure(
        13, 6, entry("container", "{\"args\":[\"serve\"],\"image\":\"m\",\"name\":\"main\"}"));
    tpm.measure(13, 6, entry("ready", "{}"));
    return tpm;
  }

  private static void register(LoadServer server) throws Exception {
    ReferenceSet references =
        new ReferenceSet(
            WORKLOAD,
            List.of(
                ReferenceValue.predicted(
                    "pod.init-data", "/pod/init-data", Json.of(initDataDigest()), "init-data"),
                ReferenceValue.predicted(
                    "pod.main.args",
                    "/pod/containers/main/args",
                    Json.strings(List.of("serve")),
                    "command")));
    Json body =
        Json.object()
            .put("references", references.toJson())
            .put("initdata", INIT_DATA)
            .put("secrets", Json.strings(List.of(SECRET)))
            .build();
    server.administer("PUT", "/api/v1/workloads/" + WORKLOAD, body.write());
    server.administer("POST", "/kbs/v0/resource/" + SECRET, "correct horse battery staple");
  }

  private static String initDataDigest() {
    return Bytes.of(INIT_DATA.getBytes(StandardCharsets.UTF_8)).sha256().hex();
  }

  private static byte[] entry(String operation, String content) {
    return TestTpm.entry("cofferdam.org/pod", operation, content);
  }
}
