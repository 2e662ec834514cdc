// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.eventlog;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.evidence.tpm.TpmHash;

/**
 * Computes what registers must hold after the events of a log: each starts at its reset value and
 * is extended with the digests in the log, never with recomputed ones.
 */
public final class EventReplay {
  private static final Bytes STARTUP_LOCALITY =
      Bytes.ofHex("537461727475704c6f63616c69747900"); // "StartupLocality\0"

  private EventReplay() {}

  /**
   * The registers that the log extends, by index.
   *
   * @throws MalformedEvidenceException where an event that extends has no digest of this bank, or a
   *     register is none
   */
  public static SortedMap<Integer, Bytes> registers(EventLog log, TpmHash bank) {
    SortedMap<Integer, Bytes> registers = new TreeMap<>();
    int locality = 0;
    for (Event event : log.events()) {
      if (event.type() == Event.EV_NO_ACTION) {
        if (isStartupLocality(event) && !registers.containsKey(0)) {
          locality = event.data().at(16);
        }
        continue;
      }
      if (event.register() > 23) {
        throw new MalformedEvidenceException(
            "TCG event log", "pcrIndex", -1, "event " + event.index() + " names no register");
      }
      Bytes digest = event.digests().get(bank);
      if (digest == null) {
        throw new MalformedEvidenceException(
            "TCG event log",
            "digestValues",
            -1,
            "event " + event.index() + " has no " + bank.bank() + " digest");
      }
      int register = (int) event.register();
      Bytes before = registers.get(register);
      Bytes start = before == null ? start(log, bank, register, locality) : before;
      registers.put(register, bank.digest(start, digest));
    }
    return registers;
  }

  /** The value that a PCR has where no event extended it. */
  public static Bytes reset(TpmHash bank, int pcr) {
    byte[] value = new byte[bank.size()];
    if (pcr >= 17 && pcr <= 22) {
      Arrays.fill(value, (byte) 0xff);
    }
    return Bytes.of(value);
  }

  /** What {@code value} becomes when extended by each digest in turn. */
  public static Bytes extend(TpmHash bank, Bytes value, Iterable<Bytes> digests) {
    Bytes at = value;
    for (Bytes digest : digests) {
      at = bank.digest(at, digest);
    }
    return at;
  }

  private static Bytes start(EventLog log, TpmHash bank, int register, int locality) {
    if (log.format().equals("ccel")) {
      return Bytes.of(new byte[bank.size()]);
    }
    if (register == 0 && locality > 0) {
      byte[] value = new byte[bank.size()];
      value[bank.size() - 1] = (byte) locality;
      return Bytes.of(value);
    }
    return reset(bank, register);
  }

  static boolean isStartupLocality(Event event) {
    return event.data().length() == 17
        && STARTUP_LOCALITY.isPrefixOf(event.data())
        && event.register() == 0;
  }

  /** True where the log can be replayed in this bank: every extending event has its digest. */
  public static boolean has(EventLog log, TpmHash bank) {
    return bank.isComputable()
        && log.events().stream()
            .filter(e -> e.type() != Event.EV_NO_ACTION)
            .map(Event::digests)
            .map(Map::keySet)
            .allMatch(banks -> banks.contains(bank));
  }
}
