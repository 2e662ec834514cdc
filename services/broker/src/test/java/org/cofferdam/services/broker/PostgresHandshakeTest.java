// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker;

import org.cofferdam.services.broker.store.Database;
import org.cofferdam.services.broker.store.PostgresDatabase;
import org.cofferdam.services.broker.store.TestPostgres;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Every rule of the protocol again, over PostgreSQL. */
@Tag("full")
class PostgresHandshakeTest extends HandshakeTest {
  @AutoClose private static TestPostgres postgres;
  private String url = "";

  @BeforeAll
  static void begin() throws Exception {
    postgres = new TestPostgres();
  }

  @Override
  Database database() throws Exception {
    if (url.isEmpty()) {
      url = postgres.newDatabase();
    }
    return PostgresDatabase.open(url, "cofferdam", "", "broker");
  }
}
