// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.workload;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.cofferdam.core.attestation.Waiver;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.policy.ResourcePattern;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.services.broker.store.Database;

/**
 * The registered workloads. What was read stays in memory in its parsed form until the workload is
 * changed through this store.
 */
public final class WorkloadStore {
  private static final int REMEMBERED = 10_000;
  private static final String COLUMNS = "name, reference_set, init_data, secrets, waivers, version";

  private final Database database;
  private final Map<String, Workload> byName = new ConcurrentHashMap<>();
  private final Map<Bytes, String> nameByInitData = new ConcurrentHashMap<>();

  /** Raised with every change, so that what was read before one is not remembered after it. */
  private final AtomicLong changes = new AtomicLong();

  public WorkloadStore(Database database) {
    this.database = database;
  }

  /**
   * Registers a workload, or changes it, within a transaction that records it. Call {@link #forget}
   * once it is committed.
   */
  public void put(Connection connection, Workload workload, Instant at) throws IOException {
    try (PreparedStatement put =
        connection.prepareStatement(
            """
            INSERT INTO workload
            (name, version, changed, init_data, init_data_hash, reference_set, secrets, waivers)
            VALUES (?, 1, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET version = workload.version + 1, changed = excluded.changed,
            init_data = excluded.init_data, init_data_hash = excluded.init_data_hash,
            reference_set = excluded.reference_set, secrets = excluded.secrets,
            waivers = excluded.waivers""")) {
      put.setString(1, workload.name());
      put.setLong(2, at.getEpochSecond());
      put.setBytes(3, workload.initData().toArray());
      put.setBytes(4, workload.initData().sha256().toArray());
      put.setBytes(5, workload.canonicalReferences());
      put.setBytes(6, secrets(workload).canonical());
      put.setBytes(
          7, Json.array(workload.waivers().stream().map(Waiver::toJson).toList()).canonical());
      put.executeUpdate();
    } catch (SQLException e) {
      throw new IOException("the workload could not be written: " + e.getMessage(), e);
    }
  }

  /** Forgets what was remembered. */
  public synchronized void forget() {
    changes.incrementAndGet();
    byName.clear();
    nameByInitData.clear();
  }

  public Optional<Workload> byName(String name) throws IOException {
    Workload remembered = byName.get(name);
    if (remembered != null) {
      return Optional.of(remembered);
    }
    return load("name", name);
  }

  /** The workload whose guests are started with exactly this document. */
  public Optional<Workload> byInitData(Bytes digest) throws IOException {
    String name = nameByInitData.get(digest);
    if (name != null) {
      return byName(name);
    }
    return load("init_data_hash", digest.toArray());
  }

  public List<String> names() throws IOException {
    return database.read(
        connection -> {
          List<String> names = new ArrayList<>();
          try (PreparedStatement query =
                  connection.prepareStatement("SELECT name FROM workload ORDER BY name");
              ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              names.add(rows.getString(1));
            }
          }
          return names;
        });
  }

  private Optional<Workload> load(String column, Object key) throws IOException {
    long before = changes.get();
    Optional<Workload> found =
        database.read(
            connection -> {
              try (PreparedStatement query =
                  connection.prepareStatement(
                      "SELECT " + COLUMNS + " FROM workload WHERE " + column + " = ?")) {
                query.setObject(1, key);
                try (ResultSet rows = query.executeQuery()) {
                  return rows.next() ? Optional.of(read(rows)) : Optional.empty();
                }
              }
            });
    found.filter(w -> byName.size() < REMEMBERED).ifPresent(w -> remember(w, before));
    return found;
  }

  private synchronized void remember(Workload workload, long before) {
    if (changes.get() != before) {
      return;
    }
    byName.put(workload.name(), workload);
    nameByInitData.put(workload.initData().sha256(), workload.name());
  }

  private static Workload read(ResultSet rows) throws SQLException {
    return new Workload(
        rows.getString(1),
        rows.getLong(6),
        ReferenceSet.fromJson(Json.parse(rows.getBytes(2))),
        rows.getBytes(2),
        Bytes.of(rows.getBytes(3)),
        Json.parse(rows.getBytes(4)).asArray("secrets").stream()
            .map(s -> new ResourcePattern(s.asString("secrets")))
            .toList(),
        Json.parse(rows.getBytes(5)).asArray("waivers").stream().map(Waiver::fromJson).toList());
  }

  private static Json secrets(Workload workload) {
    return Json.strings(workload.secrets().stream().map(ResourcePattern::text).toList());
  }
}
