// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.cofferdam.apps.server.config.PostgresConfig;
import org.cofferdam.services.broker.Broker;
import org.cofferdam.services.broker.keys.FileStoreKey;
import org.cofferdam.services.broker.store.Database;
import org.cofferdam.services.broker.store.PostgresDatabase;
import org.cofferdam.services.broker.store.SqliteDatabase;

/** Opens each tenant's own store: a folder, or a schema of one PostgreSQL database. */
record Stores(
    Optional<PostgresConfig> postgres,
    Broker.Settings settings,
    InstantSource clock,
    SecureRandom random) {

  /**
   * @param folder for keys and log, and without PostgreSQL for the store
   * @param tenant its name; empty for the server's own
   */
  Broker open(Path folder, String tenant, String logOrigin) throws IOException, ServerException {
    if (!Files.exists(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Database database = database(folder, tenant);
    try {
      return new Broker(
          settings,
          database,
          FileStoreKey.openOrCreate(folder.resolve("store.key"), random),
          logOrigin,
          folder.resolve("log"),
          clock,
          random);
    } catch (IOException e) {
      database.close();
      throw e;
    }
  }

  private Database database(Path folder, String tenant) throws IOException, ServerException {
    if (postgres.isEmpty()) {
      return SqliteDatabase.open(folder);
    }
    PostgresConfig config = postgres.get();
    try {
      return PostgresDatabase.open(config.url(), config.user(), password(config), schema(tenant));
    } catch (IOException e) {
      throw new ServerException(
          3,
          "PostgreSQL cannot be used: " + e.getMessage(),
          "Look at \"postgres\" in the configuration, and whether that database runs.");
    }
  }

  private static String schema(String tenant) {
    return tenant.isEmpty() ? "cofferdam" : "cofferdam_" + tenant.replace('-', '_');
  }

  private static String password(PostgresConfig config) throws ServerException {
    try {
      return config.password();
    } catch (IOException e) {
      throw new ServerException(
          2,
          "the password of PostgreSQL cannot be read: " + e,
          "Correct \"passwordFile\" in the configuration, or who may read the file.");
    }
  }
}
