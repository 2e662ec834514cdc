// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.eventlog;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.tpm.TpmHash;

/**
 * One extension of a register by the running system.
 *
 * @param register PCR, or index of a confidential guest's measurement register as in CCEL
 * @param digests what the register was extended with, one a bank
 * @param kind what the content is, for example {@code ima-ng}
 * @param content what was measured, in words
 * @param matches true where the digests are the hash of the content, false where they are not,
 *     empty where the content only names what was measured
 */
public record RuntimeEntry(
    int register,
    Map<TpmHash, Bytes> digests,
    String kind,
    String content,
    Optional<Boolean> matches) {
  public RuntimeEntry {
    Map<TpmHash, Bytes> copy = new EnumMap<>(TpmHash.class);
    copy.putAll(digests);
    digests = Collections.unmodifiableMap(copy);
  }

  /** As a claim. */
  public Json.Obj toJson() {
    return Json.object()
        .put("register", register)
        .put("kind", kind)
        .put("content", content)
        .put("matches", matches.<Json>map(Json.Bool::new).orElse(Json.Null.NULL))
        .build();
  }
}
