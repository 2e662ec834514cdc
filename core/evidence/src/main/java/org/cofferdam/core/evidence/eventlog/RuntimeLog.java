// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.eventlog;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.evidence.tpm.TpmHash;

/**
 * What the running system extended registers with after the firmware's log ended: the kernel's IMA
 * list, systemd's log of its own measurements, or a canonical event log (CEL).
 *
 * @param format {@code ima}, {@code systemd} or {@code cel-tlv}
 * @param entries in order
 */
public record RuntimeLog(String format, List<RuntimeEntry> entries) {
  public RuntimeLog {
    entries = List.copyOf(entries);
  }

  /** True where the content begins like one of the three. */
  public static boolean looksLike(Bytes content) {
    return ImaLog.looksLike(content) || SystemdLog.looksLike(content) || CelLog.looksLike(content);
  }

  /**
   * @throws MalformedEvidenceException on anything but one whole log
   */
  public static RuntimeLog parse(Bytes content) {
    if (SystemdLog.looksLike(content)) {
      return SystemdLog.parse(content);
    }
    return CelLog.looksLike(content) ? CelLog.parse(content) : ImaLog.parse(content);
  }

  /**
   * Extends the registers by the entries.
   *
   * @param before values after the firmware's log; registers that it does not have are at reset
   * @return the values after this log; empty where an entry has no digest of this bank
   */
  public Optional<SortedMap<Integer, Bytes>> extend(
      TpmHash bank, SortedMap<Integer, Bytes> before) {
    SortedMap<Integer, Bytes> registers = new TreeMap<>(before);
    for (RuntimeEntry entry : entries) {
      Bytes digest = entry.digests().get(bank);
      if (digest == null) {
        return Optional.empty();
      }
      Bytes value = registers.get(entry.register());
      Bytes start = value == null ? EventReplay.reset(bank, entry.register()) : value;
      registers.put(entry.register(), bank.digest(start, digest));
    }
    return Optional.of(registers);
  }
}
