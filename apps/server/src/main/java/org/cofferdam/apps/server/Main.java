// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cofferdam.apps.server.config.ServerConfig;
import org.cofferdam.core.bytes.json.Json;

/** {@code cofferdam serve}: prints one line when it is ready, and runs until it is told to stop. */
public final class Main {
  /** Not for people who start it. Held here, because loggers that nobody holds are forgotten. */
  private static final Logger WEB_SERVER_NOTES = Logger.getLogger("io.helidon");

  private Main() {}

  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    try {
      run(List.of(args), System.getenv(), out, err);
    } catch (ServerException e) {
      err.println("cofferdam: " + e.getMessage());
      err.println("  " + e.remedy());
      System.exit(e.exitCode());
    } catch (IOException e) {
      err.println("cofferdam: the server cannot run: " + e.getMessage());
      err.println("  Look at the folder of its data.");
      System.exit(3);
    }
  }

  private static void run(
      List<String> args, Map<String, String> environment, PrintStream out, PrintStream err)
      throws ServerException, IOException {
    WEB_SERVER_NOTES.setLevel(Level.WARNING);
    Options options = Options.parse(args);
    ServerConfig config = options.load(environment);
    if (options.check()) {
      AdminKeys.load(config.adminKeys(), InstantSource.system());
      Anchors.load(config);
      out.println(Json.object().put("configuration", "good").build().write());
      return;
    }
    if (config.adminKeys().isEmpty()) {
      err.println("cofferdam: no admin key is configured, so nobody can administer this server");
    }
    if (config.development()) {
      err.println("cofferdam: started for development: it accepts TEEs that prove nothing");
    }
    Server server = Server.start(config, InstantSource.system(), new SecureRandom());
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(server, stopped, err)));
    out.println(server.ready().write());
    await(stopped);
  }

  private static void stop(Server server, CountDownLatch stopped, PrintStream err) {
    try {
      server.close();
    } catch (IOException e) {
      err.println("cofferdam: " + e.getMessage());
    } finally {
      stopped.countDown();
    }
  }

  private static void await(CountDownLatch stopped) {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
