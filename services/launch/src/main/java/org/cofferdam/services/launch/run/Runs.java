// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferdam.services.launch.Home;
import org.cofferdam.services.launch.LaunchException;

/** The runs of a home folder, as {@code status} and {@code down} see them. */
public final class Runs {
  private final Home home;

  public Runs(Home home) {
    this.home = home;
  }

  /** In order of their names. */
  public List<RunState> list() throws IOException {
    List<RunState> states = new ArrayList<>();
    for (Path run : folders()) {
      Optional<RunningGuest> guest = find(run);
      states.add(
          guest
              .map(
                  g -> new RunState(run, true, g.kind(), g.pid(), g.port(), g.cpuTime().toMillis()))
              .orElseGet(() -> new RunState(run, false, "", null, 0, 0)));
    }
    return states;
  }

  /** The living guest of a run. */
  public Optional<RunningGuest> find(Path run) throws IOException {
    Optional<RunningGuest> machine = QemuGuest.find(run).map(g -> g);
    return machine.isPresent() ? machine : SandboxGuest.find(run).map(g -> g);
  }

  /** Ends every guest of this home folder and says how many there were. */
  public int stopAll() throws IOException, LaunchException {
    int stopped = 0;
    for (Path run : folders()) {
      Optional<RunningGuest> guest = find(run);
      if (guest.isPresent()) {
        guest.get().stop();
        stopped++;
      }
    }
    return stopped;
  }

  private List<Path> folders() throws IOException {
    if (!Files.exists(home.runs())) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(home.runs())) {
      return list.filter(Files::isDirectory).sorted().toList();
    }
  }
}
