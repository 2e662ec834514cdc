// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.collateral;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * A fetcher that keeps answers on disk. Requests for one address at one time become one; a service
 * that fails is left alone for a while that doubles; while it fails, an old answer serves for a
 * bounded grace, and each such use is on record. An answer of status 200 only is kept.
 */
public final class CollateralCache {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private final Fetcher fetcher;
  private final Path folder;
  private final InstantSource clock;
  private final Duration grace;
  private final Map<URI, CompletableFuture<Optional<Fetcher.Answer>>> running =
      new ConcurrentHashMap<>();
  private final Map<String, Pause> pauses = new ConcurrentHashMap<>();
  private final List<Outage> outages = new ArrayList<>();

  private record Pause(int failures, Instant until) {}

  private record Kept(Fetcher.Answer answer, Instant fetched) {}

  /**
   * An old answer served because its service failed.
   *
   * @param fetched when the answer was fresh
   * @param used when it served instead of a fresh one
   */
  public record Outage(URI uri, String cause, Instant fetched, Instant used) {}

  /**
   * @param folder for answers; made where it is missing
   * @param grace how long beyond its time an answer may serve while its service fails
   */
  public CollateralCache(Fetcher fetcher, Path folder, InstantSource clock, Duration grace) {
    this.fetcher = fetcher;
    this.folder = folder;
    this.clock = clock;
    this.grace = grace;
  }

  /**
   * The answer, no older than {@code fresh} where its service works.
   *
   * @throws UncheckedIOException where the folder cannot be written
   * @return empty where the service says that there is none, or fails and no answer is in its grace
   */
  public Optional<Fetcher.Answer> get(URI uri, Duration fresh) {
    CompletableFuture<Optional<Fetcher.Answer>> mine = new CompletableFuture<>();
    CompletableFuture<Optional<Fetcher.Answer>> first = running.putIfAbsent(uri, mine);
    if (first != null) {
      try {
        return first.join();
      } catch (CompletionException e) {
        return Optional.empty();
      }
    }
    try {
      Optional<Fetcher.Answer> answer = find(uri, fresh);
      mine.complete(answer);
      return answer;
    } finally {
      running.remove(uri);
      mine.completeExceptionally(new IllegalStateException("the request ended without an answer"));
    }
  }

  /** What was served old so far. */
  public List<Outage> outages() {
    synchronized (outages) {
      return List.copyOf(outages);
    }
  }

  private Optional<Fetcher.Answer> find(URI uri, Duration fresh) {
    Instant now = clock.instant();
    Optional<Kept> kept = read(uri);
    if (kept.isPresent() && now.isBefore(kept.get().fetched().plus(fresh))) {
      return kept.map(Kept::answer);
    }
    String host = String.valueOf(uri.getAuthority());
    Pause pause = pauses.get(host);
    if (pause != null && now.isBefore(pause.until())) {
      return old(uri, kept, fresh, "left alone until " + pause.until());
    }
    Fetcher.Answer answer;
    try {
      answer = fetcher.get(uri);
    } catch (IOException e) {
      pause(host, new Fetcher.Answer(503, Map.of(), new byte[0]), now);
      return old(uri, kept, fresh, String.valueOf(e.getMessage()));
    }
    if (answer.isTemporary()) {
      pause(host, answer, now);
      return old(uri, kept, fresh, "status " + answer.status());
    }
    pauses.remove(host);
    if (answer.status() != 200) {
      return Optional.empty();
    }
    try {
      write(uri, answer, now);
    } catch (IOException e) {
      throw new UncheckedIOException("collateral cannot be kept in " + folder, e);
    }
    return Optional.of(answer);
  }

  private void pause(String host, Fetcher.Answer answer, Instant now) {
    int failures = pauses.getOrDefault(host, new Pause(0, now)).failures() + 1;
    Duration wait = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 20));
    String asked = answer.headers().getOrDefault("retry-after", "");
    if (asked.matches("[0-9]{1,6}")) {
      Duration wanted = Duration.ofSeconds(Long.parseLong(asked));
      wait = wanted.compareTo(wait) > 0 ? wanted : wait;
    }
    wait = wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait;
    pauses.put(host, new Pause(failures, now.plus(wait)));
  }

  private Optional<Fetcher.Answer> old(URI uri, Optional<Kept> kept, Duration fresh, String cause) {
    Instant now = clock.instant();
    if (kept.isEmpty() || now.isAfter(kept.get().fetched().plus(fresh).plus(grace))) {
      return Optional.empty();
    }
    synchronized (outages) {
      outages.add(new Outage(uri, cause, kept.get().fetched(), now));
    }
    return kept.map(Kept::answer);
  }

  private Path file(URI uri) {
    byte[] name = uri.toString().getBytes(StandardCharsets.UTF_8);
    return folder.resolve(Hex.encode(Digests.sha256(name)) + ".json");
  }

  /** An answer that cannot be read is one that is not there. */
  private Optional<Kept> read(URI uri) {
    try {
      Path file = file(uri);
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      Json.Obj json = Json.parse(Files.readAllBytes(file)).asObject("answer");
      Map<String, String> headers = new HashMap<>();
      json.object("headers").members().forEach((n, v) -> headers.put(n, v.asString(n)));
      return Optional.of(
          new Kept(
              new Fetcher.Answer(200, headers, Base64.getDecoder().decode(json.string("body"))),
              Instant.parse(json.string("fetched"))));
    } catch (IOException
        | MalformedEvidenceException
        | IllegalArgumentException
        | DateTimeException e) {
      return Optional.empty();
    }
  }

  private void write(URI uri, Fetcher.Answer answer, Instant now) throws IOException {
    Json.Builder headers = Json.object();
    answer.headers().forEach(headers::put);
    Json json =
        Json.object()
            .put("uri", uri.toString())
            .put("fetched", now.toString())
            .put("headers", headers.build())
            .put("body", Base64.getEncoder().encodeToString(answer.body()))
            .build();
    Files.createDirectories(folder);
    Path target = file(uri);
    Path temporary = Files.createTempFile(folder, "answer", ".tmp");
    Files.writeString(temporary, json.write());
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
