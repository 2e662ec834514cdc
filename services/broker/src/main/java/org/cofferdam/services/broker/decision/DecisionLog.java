// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.decision;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.attestation.Outcome;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.Ledger;
import org.cofferdam.core.ledger.LedgerRecord;
import org.cofferdam.core.ledger.Outbox;
import org.cofferdam.core.ledger.Receipt;
import org.cofferdam.core.ledger.tree.MerkleHash;
import org.cofferdam.services.broker.store.OutboxTransaction;

/**
 * Writes each decision once into the log and once, with the failed checks in full, for whoever asks
 * later; both in one transaction with what the decision changes.
 */
public final class DecisionLog {
  private final Ledger<OutboxTransaction> ledger;
  private final Arrivals arrivals;

  public DecisionLog(Ledger<OutboxTransaction> ledger, Arrivals arrivals) {
    this.ledger = ledger;
    this.arrivals = arrivals;
  }

  /**
   * @param content all that the record names by digest
   * @param checks every check that was made; the failed ones are the record's reasons
   * @param effect what else happens in the transaction
   * @return once the record is durable
   */
  public Receipt record(
      LedgerRecord record,
      List<byte[]> content,
      List<Check> checks,
      Outbox.Effect<OutboxTransaction> effect)
      throws IOException {
    String leafHash = Hex.encode(MerkleHash.leaf(record.encode()));
    Receipt receipt =
        ledger.record(
            record,
            content,
            transaction -> {
              effect.apply(transaction);
              insert(transaction, record, body(transaction.sequence(), record, leafHash, checks));
            });
    arrivals.arrived(receipt.index());
    return receipt;
  }

  private static Json body(
      long sequence, LedgerRecord record, String leafHash, List<Check> checks) {
    return Json.object()
        .put("seq", sequence)
        .put("time", record.time().toString())
        .put("decision", record.decision().wire())
        .put("workload", record.workload())
        .put("resources", Json.strings(record.released()))
        .put("failedChecks", json(checks.stream().filter(c -> c.outcome() != Outcome.PASSED)))
        .put("checks", json(checks.stream()))
        .put("insecure", Json.strings(record.insecure()))
        .put("correlation", record.correlation())
        .put("record", Json.object().put("index", sequence).put("leafHash", leafHash).build())
        .build();
  }

  private static Json json(Stream<Check> checks) {
    return Json.array(checks.map(Check::toJson).toList());
  }

  private static void insert(OutboxTransaction transaction, LedgerRecord record, Json body)
      throws IOException {
    try (PreparedStatement insert =
        transaction.connection().prepareStatement("INSERT INTO decision VALUES (?, ?, ?, ?, ?)")) {
      insert.setLong(1, transaction.sequence());
      insert.setString(2, record.workload());
      insert.setString(3, record.decision().wire());
      insert.setString(4, record.correlation());
      insert.setBytes(5, body.write().getBytes(StandardCharsets.UTF_8));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IOException("the decision could not be written: " + e.getMessage(), e);
    }
  }
}
