// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.tpm;

import java.util.List;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.FormatVerifier;
import org.cofferdam.core.attestation.Rule;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.eventlog.EventLog;
import org.cofferdam.core.evidence.eventlog.EventReplay;
import org.cofferdam.core.evidence.tpm.TpmHash;

/** An event log alone: it is read and replayed, and proves nothing without a quote. */
public final class EventLogVerifier implements FormatVerifier {
  private static final Rule QUOTED =
      Rule.proof(
          "eventlog.quoted",
          "Anybody can write a log.",
          "Send the quote of the registers that the log leads to.");

  /** PCR, type, SHA-1 digest, size. */
  private static final int LEGACY_HEAD = 32;

  @Override
  public String kind() {
    return "eventlog";
  }

  @Override
  public boolean recognises(Evidence evidence) {
    List<Document> documents = evidence.documents();
    return documents.size() == 1
        && (TpmMaterial.isEventLog(documents.getFirst().content())
            || isLegacy(documents.getFirst().content()));
  }

  /**
   * Logs of the older form may begin without a header: with a record of PCR 0, which firmware
   * measures first, and a digest. A first field of another value is another format's version.
   */
  private static boolean isLegacy(Bytes content) {
    if (content.length() < LEGACY_HEAD
        || !content.slice(0, 4).isZero()
        || content.slice(8, 28).isZero()) {
      return false;
    }
    try {
      EventLog.parse(content);
      return true;
    } catch (MalformedEvidenceException e) {
      return false;
    }
  }

  @Override
  public void verify(Evidence evidence, Context context) {
    EventLog log = EventLog.parse(evidence.first().content());
    Json.Builder banks = Json.object();
    for (TpmHash bank : TpmHash.values()) {
      if (EventReplay.has(log, bank)) {
        Json.Builder registers = Json.object();
        EventReplay.registers(log, bank)
            .forEach((register, value) -> registers.put(register.toString(), value.hex()));
        banks.put(bank.bank(), registers.build());
      }
    }
    context
        .findings()
        .claim(
            "replay",
            Json.object().put("format", log.format()).put("registers", banks.build()).build());
    context.findings().missing(QUOTED, "a quote of these registers");
  }
}
