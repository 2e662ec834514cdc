// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.launch.Home;
import org.cofferdam.services.launch.LaunchException;
import org.cofferdam.services.launch.run.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cofferdam down}: ends every guest of this home folder, and the local server. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops what up started. Launch folders, the log and the secrets stay.")
public final class DownCommand implements Callable<Integer> {
  @Mixin private OutputOption output;

  @Override
  public Integer call() throws Exception {
    Home home = Installation.find().home();
    int guests;
    try {
      guests = new Runs(home).stopAll();
    } catch (LaunchException e) {
      throw new CommandException(ExitCode.FAULT, String.valueOf(e.getMessage()), e.remedy(), e);
    }
    boolean server = LocalServer.stop(PodRun.serverFolder(home));
    boolean device = DevelopmentSgx.stop(home);
    if (output.json()) {
      output.print(
          Json.object().put("guests", guests).put("server", server).put("device", device).build());
    } else {
      System.out.println(
          "Stopped " + guests + " guest(s)" + (server ? " and the local server." : "."));
    }
    return ExitCode.OK;
  }
}
