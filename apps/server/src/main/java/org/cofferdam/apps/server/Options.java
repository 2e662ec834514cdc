// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.apps.server.config.ServerConfig;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * The command line of {@code cofferdam serve}.
 *
 * @param config the configuration file, if any
 * @param check true to say only whether the configuration is good
 */
record Options(Optional<Path> config, boolean check) {
  private static final String USAGE =
      "Usage: cofferdam serve [--config FILE] [--check] [--roles broker]";

  static Options parse(List<String> args) throws ServerException {
    Optional<Path> config = Optional.empty();
    boolean check = false;
    for (int i = 0; i < args.size(); i++) {
      switch (args.get(i)) {
        case "--config" -> config = Optional.of(Path.of(value(args, ++i)));
        case "--check" -> check = true;
        case "--roles" -> requireBroker(value(args, ++i));
        default -> throw new ServerException(2, "unknown option " + args.get(i), USAGE);
      }
    }
    return new Options(config, check);
  }

  /** The configuration, with defaults where there is no file. */
  ServerConfig load(Map<String, String> environment) throws ServerException {
    Path data = defaultData(environment);
    try {
      if (config.isEmpty()) {
        return ServerConfig.fromJson(Json.object().build(), Path.of("").toAbsolutePath(), data);
      }
      Path file = config.get().toAbsolutePath();
      Path base = file.getParent() == null ? file : file.getParent();
      return ServerConfig.fromJson(Json.parse(Files.readAllBytes(file)), base, data);
    } catch (MalformedEvidenceException e) {
      throw new ServerException(
          2, String.valueOf(e.getMessage()), "Correct the configuration file.");
    } catch (IOException e) {
      throw new ServerException(
          2,
          "the configuration file cannot be read: " + e.getMessage(),
          "Name a file that can be read.");
    }
  }

  private static Path defaultData(Map<String, String> environment) {
    String home = environment.get("COFFERDAM_HOME");
    return Path.of(home == null ? ".cofferdam" : home).toAbsolutePath().resolve("server");
  }

  private static void requireBroker(String roles) throws ServerException {
    for (String role : roles.split(",", -1)) {
      if (!role.equals("broker")) {
        throw new ServerException(2, "this server has no role " + role, "Use --roles broker.");
      }
    }
  }

  private static String value(List<String> args, int index) throws ServerException {
    if (index >= args.size()) {
      throw new ServerException(2, args.getLast() + " needs a value", USAGE);
    }
    return args.get(index);
  }
}
