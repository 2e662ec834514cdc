// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.broker;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.up.AdminKey;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which server, known by which key, and who asks. Without any option: the one that {@code up} runs.
 */
final class ServerOptions {
  private static final String STATE = "server.json";

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "${env:COFFERDAM_SERVER}",
      description = "The server. Default: COFFERDAM_SERVER, or else the one that up started.")
  private @Nullable URI server;

  @Option(
      names = "--server-key",
      paramLabel = "sha256:HEX",
      defaultValue = "${env:COFFERDAM_SERVER_KEY}",
      description = "Digest of the server's TLS key (tlsKey in what serve prints).")
  private @Nullable String pin;

  @Option(
      names = "--admin-folder",
      paramLabel = "DIR",
      defaultValue = "${env:COFFERDAM_ADMIN}",
      description = "Folder with admin.key (Ed25519). Default: COFFERDAM_ADMIN, or up's own.")
  private @Nullable Path adminFolder;

  /** An administrator's access to the chosen server. */
  BrokerClient client() throws IOException, GeneralSecurityException {
    Path local = home().resolve("server");
    AdminKey key = adminKey(adminFolder == null ? local : adminFolder);
    if (server != null) {
      if (server.getScheme() == null || (pin == null && server.getScheme().equals("https"))) {
        throw CommandException.usage(
            "--server needs https://… and --server-key",
            "Give the tlsKey that the server printed when it was ready.");
      }
      return new BrokerClient(server, pin, key, InstantSource.system());
    }
    Json.Obj ready = running(local.resolve(STATE));
    return new BrokerClient(
        URI.create(ready.object("urls").string("base")),
        ready.string("tlsKey"),
        key,
        InstantSource.system());
  }

  private static AdminKey adminKey(Path folder) throws IOException, GeneralSecurityException {
    if (Files.notExists(folder.resolve("admin.key"))) {
      throw new CommandException(
          ExitCode.UNDECIDED,
          "there is no admin.key in " + folder,
          "Give the folder of an admin key with --admin-folder.");
    }
    return AdminKey.in(folder);
  }

  private static Json.Obj running(Path state) throws IOException {
    try {
      if (Files.exists(state)) {
        return Json.parse(Files.readAllBytes(state)).asObject("state").object("ready");
      }
    } catch (MalformedEvidenceException e) {
      throw new CommandException(
          ExitCode.UNDECIDED, state + " cannot be read", "Start the server again.", e);
    }
    throw new CommandException(
        ExitCode.UNDECIDED,
        "no server runs in this home folder",
        "Name one with --server and --server-key, or start one with cofferdam up.");
  }

  private static Path home() {
    String home = System.getenv("COFFERDAM_HOME");
    if (home != null) {
      return Path.of(home);
    }
    return Path.of(System.getProperty("cofferdam.root", "")).resolve(".cofferdam");
  }
}
