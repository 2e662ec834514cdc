// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.boot;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;

/**
 * The SHA-256 bank after a list of extends from zero.
 *
 * @param values of PCR 0 to 15, 32 bytes each
 */
public record PcrValues(List<byte[]> values) {
  /** Registers that only a reset of the platform sets back. */
  public static final int COUNT = 16;

  public PcrValues {
    values = List.copyOf(values);
  }

  public static PcrValues of(List<PredictedEvent> events) {
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      values.add(new byte[32]);
    }
    for (PredictedEvent event : events) {
      values.set(event.pcr(), Digests.sha256(values.get(event.pcr()), event.digest()));
    }
    return new PcrValues(values);
  }

  /** Lower-case hex. */
  public String hex(int pcr) {
    return Hex.encode(values.get(pcr));
  }
}
