// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.launch.run.GuestStatus;
import org.cofferdam.services.launch.run.RunningGuest;
import org.cofferdam.workload.pattern.OpenEntry;

/**
 * Watches one launch: what the guest says of itself for the eye, what the server decides for the
 * verdict.
 */
final class Launch {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration LAST_WORD_LIMIT = Duration.ofSeconds(2);
  private static final Duration TURN = Duration.ofMillis(20);
  private static final Duration SERVICE_LIMIT = Duration.ofMinutes(1);

  private final LocalServer server;
  private final String workload;
  private final Decisions decisions;
  private final Timeline timeline;

  /** Begins to watch now, so it is made before the guest starts. */
  Launch(LocalServer server, String workload, List<String> secrets, Timeline timeline) {
    this.server = server;
    this.workload = workload;
    this.decisions = Decisions.watch(server.client(), workload, secrets);
    this.timeline = timeline;
  }

  /** Follows a guest to its verdict, and an accepted one until its service answers. */
  Outcome follow(RunningGuest guest, String grade, List<OpenEntry> open)
      throws IOException, InterruptedException {
    String failure = awaitVerdict(guest);
    timeline.note(
        guest.kind()
            + " used "
            + guest.cpuTime().toMillis() / 1000.0
            + " s of processor time so far");
    if (!decisions.refused() && !decisions.complete()) {
      server.client().recordNoEvidence(workload, failure);
      decisions.poll(Duration.ofSeconds(5));
    }
    if (decisions.refused()) {
      timeline.step("verdict", "refused");
      lastWord(guest).ifPresent(word -> timeline.note("it says itself: " + word));
      return outcome(grade, null, open);
    }
    timeline.step("verdict", "released");
    String url = "http://127.0.0.1:" + guest.port();
    awaitService(guest, url);
    return outcome(grade, url, open);
  }

  /** The outcome of a launch without a guest of its own. */
  Outcome decided(String grade, List<OpenEntry> open) throws IOException, InterruptedException {
    decisions.poll(Duration.ofSeconds(5));
    timeline.step("verdict", decisions.refused() ? "refused" : "released");
    return outcome(grade, null, open);
  }

  private Outcome outcome(
      String grade, @org.jspecify.annotations.Nullable String url, List<OpenEntry> open)
      throws IOException, InterruptedException {
    Json.Obj deciding =
        decisions
            .deciding()
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.UNDECIDED, "the server decided nothing", "Look into its log."));
    RecordProof proof =
        RecordProof.check(
            server.client().log(), deciding.object("record"), server.ready().string("logKey"));
    timeline.step("record", proof.index() + " is in the log, proof checked");
    List<Json.Obj> checks =
        decisions.refused()
            ? deciding.array("checks").stream().map(c -> c.asObject("check")).toList()
            : server.client().checks(deciding.string("correlation"));
    Optional<Json.Obj> failed =
        checks.stream().filter(c -> !c.string("outcome").equals("passed")).findFirst();
    return new Outcome(
        decisions.refused() ? List.of() : decisions.released(),
        checks,
        decisions.refused() ? failed.orElseThrow() : null,
        Optional.of(proof),
        url,
        timeline,
        grade,
        open,
        decisions.marks());
  }

  /** Looks until the server has decided; the answer says why it ended without that. */
  private String awaitVerdict(RunningGuest guest) throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    String said = "the guest ended without a word";
    while (System.nanoTime() < end) {
      Optional<GuestStatus> status = guest.nextStatus(TURN);
      if (status.isPresent()) {
        said = status.get().line().write();
        timeline.step(status.get().step(), note(status.get()));
      }
      decisions.poll(Duration.ZERO);
      if (decisions.refused() || decisions.complete()) {
        return said;
      }
      if (status.isEmpty() && !guest.alive()) {
        decisions.poll(Duration.ofSeconds(1));
        return said;
      }
    }
    return "no evidence within " + LIMIT.toSeconds() + " s; last word of the guest: " + said;
  }

  /** What a refused guest says of the reason, for the eye: nothing vouches for it. */
  private static Optional<String> lastWord(RunningGuest guest)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + LAST_WORD_LIMIT.toNanos();
    while (System.nanoTime() < end) {
      Optional<GuestStatus> status = guest.nextStatus(TURN);
      if (status.isPresent() && status.get().step().equals("refused")) {
        return Optional.of(note(status.get()));
      }
      if (status.isEmpty() && !guest.alive()) {
        break;
      }
    }
    return Optional.empty();
  }

  private void awaitService(RunningGuest guest, String url)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + SERVICE_LIMIT.toNanos();
    boolean ready = false;
    while (System.nanoTime() < end && guest.alive()) {
      Optional<GuestStatus> status = guest.nextStatus(TURN);
      if (status.isPresent()) {
        timeline.step(status.get().step(), note(status.get()));
        ready |= status.get().step().equals("ready");
      }
      if (ready && answers(url)) {
        timeline.step("service", "answers at " + url);
        return;
      }
    }
    throw new CommandException(
        ExitCode.UNDECIDED,
        "the secret was released, but the service does not answer at " + url,
        "See cofferdam logs, and the files in " + guest.folder() + ".");
  }

  private static String note(GuestStatus status) {
    return status
        .line()
        .get("name")
        .or(() -> status.line().get("detail"))
        .map(v -> v.asString("detail"))
        .orElse("");
  }

  /** Any answer of an HTTP server will do. */
  private static boolean answers(String url) {
    try {
      HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(5000);
      return connection.getResponseCode() > 0;
    } catch (IOException e) {
      return false;
    }
  }
}
