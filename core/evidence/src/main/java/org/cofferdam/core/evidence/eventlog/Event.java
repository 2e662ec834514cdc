// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.eventlog;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.evidence.tpm.TpmHash;

/**
 * One record (TCG_PCR_EVENT2). Only the digests are protected by a quote; the data means something
 * only where a digest covers it: see {@link EventMeaning}.
 *
 * @param index position in the log, the header record not counted
 * @param register PCR, or the CC measurement register's index of a confidential guest's log
 * @param type EV_… number
 * @param digests one a bank, those with an algorithm this platform can name
 * @param data as it stands in the log
 */
public record Event(int index, long register, long type, Map<TpmHash, Bytes> digests, Bytes data) {
  public static final long EV_NO_ACTION = 3;
  public static final long EV_SEPARATOR = 4;
  public static final long EV_EVENT_TAG = 6;

  public Event {
    Map<TpmHash, Bytes> copy = new EnumMap<>(TpmHash.class);
    copy.putAll(digests);
    digests = Collections.unmodifiableMap(copy);
  }
}
