// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.tpm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.eventlog.Event;
import org.cofferdam.core.evidence.eventlog.EventLog;
import org.cofferdam.core.evidence.eventlog.EventMeaning;
import org.cofferdam.core.evidence.eventlog.EventType;
import org.cofferdam.core.evidence.eventlog.RuntimeEntry;
import org.cofferdam.core.evidence.eventlog.RuntimeLog;
import org.cofferdam.core.evidence.eventlog.UefiVariable;
import org.cofferdam.core.evidence.tpm.TpmHash;

/**
 * What a log says, once it replays: only events of registers that it replayed to. {@code
 * unexplained} names every other one, of whatever type: their data is only what someone wrote, and
 * reference values of the register speak for them.
 */
final class LogClaims {
  private static final long VARIABLE_DRIVER_CONFIG = 0x80000001L;
  private static final int UKI_PCR = 11;
  private static final String GLOBAL_VARIABLE = "8be4df61-93ca-11d2-aa0d-00e098032b8c";

  private LogClaims() {}

  /**
   * @param proven registers that the log replayed to
   */
  static void publish(EventLog log, Set<Integer> proven, Findings findings) {
    List<Event> events =
        log.events().stream()
            .filter(e -> e.type() != Event.EV_NO_ACTION)
            .filter(e -> proven.contains((int) e.register()))
            .toList();
    findings.claim("boot", boot(events));
    PodLog.publish(events, findings);
  }

  private static Json.Obj boot(List<Event> events) {
    Json.Builder boot = Json.object();
    secureBoot(events).ifPresent(on -> boot.put("secure-boot", on));
    List<Json> unexplained = new ArrayList<>();
    for (Event event : events) {
      if (EventMeaning.isCovered(event)) {
        continue;
      }
      unexplained.add(
          Json.object()
              .put("index", event.index())
              .put("register", event.register())
              .put("type", EventType.name(event.type()))
              .build());
    }
    Json.Obj sections = sections(events);
    if (!sections.members().isEmpty()) {
      boot.put("uki", sections);
    }
    return boot.put("events", events.size()).put("unexplained", Json.array(unexplained)).build();
  }

  /** Sections of a unified kernel image: in PCR 11 a name, then the digest of what it names. */
  private static Json.Obj sections(List<Event> events) {
    Json.Builder sections = Json.object();
    Set<String> seen = new HashSet<>();
    String named = "";
    for (Event event : events) {
      if (event.register() == UKI_PCR) {
        String name = EventMeaning.sectionName(event.data()).orElse("");
        Bytes digest = event.digests().get(TpmHash.SHA256);
        boolean isName = EventMeaning.isCovered(event);
        if (!isName && !name.isEmpty() && name.equals(named) && digest != null && seen.add(name)) {
          sections.put(name, digest.hex());
        }
        named = isName ? name : "";
      }
    }
    return sections.build();
  }

  /**
   * What the running system measured, once all of it replays.
   *
   * @param proven registers that the logs replayed to
   */
  static void runtime(List<RuntimeLog> logs, Set<Integer> proven, Findings findings) {
    if (logs.isEmpty()) {
      return;
    }
    Json.Builder runtime = Json.object();
    for (RuntimeLog log : logs) {
      runtime.put(
          log.format(),
          Json.array(
              log.entries().stream()
                  .filter(e -> proven.contains(e.register()))
                  .map(RuntimeEntry::toJson)
                  .toList()));
    }
    findings.claim("runtime", runtime.build());
  }

  /** The first SecureBoot variable of PCR 7, before its separator. */
  private static Optional<Boolean> secureBoot(List<Event> events) {
    for (Event event : events) {
      if (event.register() != 7) {
        continue;
      }
      if (event.type() == Event.EV_SEPARATOR) {
        return Optional.empty();
      }
      if (event.type() == VARIABLE_DRIVER_CONFIG && EventMeaning.matches(event).orElse(false)) {
        try {
          UefiVariable variable = UefiVariable.parse(event.data());
          if (variable.name().equals("SecureBoot") && variable.guid().equals(GLOBAL_VARIABLE)) {
            return Optional.of(variable.value().length() == 1 && variable.value().at(0) == 1);
          }
        } catch (MalformedEvidenceException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}
