// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.eventlog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.tpm.TpmHash;

/**
 * systemd's log of what it measured by itself ({@code /run/log/systemd/tpm2-measure.log}): the
 * canonical event log in JSON (TCG CEL §5), one object a record, each after a record separator (RFC
 * 7464). The digest is over {@code content.string}; a volume key is measured with a keyed hash and
 * the string only names it.
 */
final class SystemdLog {
  private static final String FORMAT = "systemd log";
  private static final int SEPARATOR = 0x1e;
  private static final int MOST_RECORDS = 10_000;

  private SystemdLog() {}

  static boolean looksLike(Bytes content) {
    return content.length() > 2 && content.at(0) == SEPARATOR && content.at(1) == '{';
  }

  static RuntimeLog parse(Bytes content) {
    List<RuntimeEntry> entries = new ArrayList<>();
    int at = 0;
    while (at < content.length()) {
      if (content.at(at) != SEPARATOR || entries.size() >= MOST_RECORDS) {
        throw new MalformedEvidenceException(FORMAT, "record", at, "does not begin here");
      }
      int end = at + 1;
      while (end < content.length() && content.at(end) != SEPARATOR) {
        end++;
      }
      record(Json.parse(content.slice(at + 1, end).toArray()).asObject("record"))
          .ifPresent(entries::add);
      at = end;
    }
    return new RuntimeLog("systemd", entries);
  }

  /** Empty for a record of an NV index, which is no register. */
  private static Optional<RuntimeEntry> record(Json.Obj record) {
    if (record.get("pcr").isEmpty()) {
      return Optional.empty();
    }
    long pcr = record.integer("pcr");
    if (pcr < 0 || pcr > 23) {
      throw new MalformedEvidenceException(FORMAT, "pcr", -1, "is no register");
    }
    Map<TpmHash, Bytes> digests = new EnumMap<>(TpmHash.class);
    for (Json item : record.array("digests")) {
      Json.Obj digest = item.asObject("digest");
      Bytes value = Bytes.ofHex(digest.string("digest"));
      Optional<TpmHash> hash = TpmHash.ofBank(digest.string("hashAlg"));
      if (hash.isPresent()
          && (hash.get().size() != value.length() || digests.put(hash.get(), value) != null)) {
        throw new MalformedEvidenceException(FORMAT, "digests", -1, "has one twice, or of no size");
      }
    }
    Json.Obj content = record.object("content");
    String text = content.get("string").map(s -> s.asString("string")).orElse("");
    String kind = content.get("eventType").map(t -> t.asString("eventType")).orElse("systemd");
    Bytes measured = Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    boolean covered =
        digests.keySet().stream().anyMatch(TpmHash::isComputable)
            && digests.entrySet().stream()
                .filter(d -> d.getKey().isComputable())
                .allMatch(d -> d.getKey().digest(measured).equals(d.getValue()));
    return Optional.of(
        new RuntimeEntry(
            (int) pcr,
            digests,
            kind,
            text,
            covered
                ? Optional.of(true)
                : kind.equals("volume-key") ? Optional.empty() : Optional.of(false)));
  }
}
