// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.launch.Home;
import org.cofferdam.services.launch.run.RunState;
import org.cofferdam.services.launch.run.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cofferdam status}: what runs on this machine. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description =
        "Says which guests and which server of this home folder run, and where their files are.")
public final class StatusCommand implements Callable<Integer> {
  @Mixin private OutputOption output;

  @Override
  public Integer call() throws Exception {
    Home home = Installation.find().home();
    List<RunState> runs = new Runs(home).list();
    Path folder = PodRun.serverFolder(home);
    Optional<Json.Obj> server = LocalServer.running(folder);
    if (output.json()) {
      output.print(
          Json.object()
              .put("home", home.root().toString())
              .put("runs", Json.array(runs.stream().map(StatusCommand::json).toList()))
              .put("server", server.map(s -> s.require("ready")).orElse(Json.Null.NULL))
              .build());
      return ExitCode.OK;
    }
    System.out.println("Home    " + home.root());
    System.out.println(
        "Server  "
            + server
                .map(
                    s ->
                        "process "
                            + s.integer("pid")
                            + ", "
                            + s.object("ready").object("urls").string("kbs"))
                .orElse("not running")
            + ", log in "
            + LocalServer.log(folder));
    for (RunState run : runs) {
      System.out.println(
          (run.running() ? "Running " : "Ended   ")
              + run.folder().getFileName()
              + (run.running()
                  ? ", http://127.0.0.1:"
                      + run.port()
                      + ", "
                      + run.kind()
                      + " used "
                      + run.cpuMillis() / 1000
                      + " s"
                  : ""));
    }
    return ExitCode.OK;
  }

  private static Json json(RunState run) {
    return Json.object()
        .put("folder", run.folder().toString())
        .put("running", run.running())
        .put("url", Json.nullable(run.running() ? "http://127.0.0.1:" + run.port() : null))
        .put("cpuMillis", run.cpuMillis())
        .build();
  }
}
