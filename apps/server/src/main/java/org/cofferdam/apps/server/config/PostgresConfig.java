// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * A store that several servers share. They need the same {@code store.key}, and one log folder.
 *
 * @param url {@code jdbc:postgresql://HOST:PORT/DATABASE}
 * @param passwordFile holds the password in its first line; without one there is none
 */
public record PostgresConfig(String url, String user, Optional<Path> passwordFile) {
  static PostgresConfig fromJson(Json json, Path base) {
    Json.Obj o = json.asObject("postgres");
    o.only("url", "user", "passwordFile");
    if (!o.string("url").startsWith("jdbc:postgresql:")) {
      throw new MalformedEvidenceException(
          "configuration", "postgres.url", -1, "does not begin with jdbc:postgresql:");
    }
    return new PostgresConfig(
        o.string("url"),
        o.string("user"),
        o.get("passwordFile").map(f -> base.resolve(f.asString("passwordFile"))));
  }

  public String password() throws IOException {
    return passwordFile.isEmpty()
        ? ""
        : Files.readString(passwordFile.get()).lines().findFirst().orElse("");
  }
}
