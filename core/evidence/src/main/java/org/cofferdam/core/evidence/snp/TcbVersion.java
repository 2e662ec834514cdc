// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.snp;

import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Security versions of the firmware components, each 0 to 255.
 *
 * @param raw the eight bytes, as in the report
 * @param fmc first mutable code; null before Turin
 */
public record TcbVersion(
    Bytes raw, int bootLoader, int tee, int snp, int microcode, @Nullable Integer fmc) {

  static TcbVersion read(ByteReader in, String field, TcbLayout layout) {
    Bytes raw = in.octets(field, 8);
    Bytes reserved = layout == TcbLayout.TURIN ? raw.slice(4, 7) : raw.slice(2, 6);
    if (!reserved.isZero()) {
      throw in.malformed(field, "has reserved bytes that are not zero");
    }
    return of(raw, layout);
  }

  private static TcbVersion of(Bytes raw, TcbLayout layout) {
    return layout == TcbLayout.TURIN
        ? new TcbVersion(raw, raw.at(1), raw.at(2), raw.at(3), raw.at(7), raw.at(0))
        : new TcbVersion(raw, raw.at(0), raw.at(1), raw.at(6), raw.at(7), null);
  }

  /** True where no component is newer than in {@code other}. */
  public boolean notAbove(TcbVersion other) {
    return bootLoader <= other.bootLoader
        && tee <= other.tee
        && snp <= other.snp
        && microcode <= other.microcode
        && (fmc == null ? 0 : fmc) <= (other.fmc == null ? 0 : other.fmc);
  }

  public Json.Obj toJson() {
    Json.Builder json =
        Json.object()
            .put("bootloader", bootLoader)
            .put("tee", tee)
            .put("snp", snp)
            .put("microcode", microcode);
    if (fmc != null) {
      json.put("fmc", fmc);
    }
    return json.build();
  }
}
