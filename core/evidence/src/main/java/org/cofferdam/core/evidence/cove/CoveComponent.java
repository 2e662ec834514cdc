// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.cove;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.cbor.Cbor;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.CborClaims;
import org.jspecify.annotations.Nullable;

/**
 * A piece of firmware of a CoVE platform.
 *
 * @param type 1
 * @param measurement 2, 32, 48 or 64 bytes
 * @param svn 3, text; null where absent
 * @param manifest 4, digest; null where absent
 * @param signer 5, digest; null where absent
 * @param algorithm 6
 */
public record CoveComponent(
    String type,
    Bytes measurement,
    @Nullable String svn,
    @Nullable Bytes manifest,
    @Nullable Bytes signer,
    String algorithm) {

  static List<CoveComponent> list(String format, List<Cbor> items) {
    List<CoveComponent> all = new ArrayList<>();
    for (Cbor item : items) {
      CborClaims claims = CborClaims.of(format + " component", item);
      all.add(
          new CoveComponent(
              claims.text(1, "type"),
              claims.bytes(2, "measurement", 32, 48, 64),
              claims.optionalText(3, "svn").orElse(null),
              claims.get(4).map(c -> c.asBytes(format, "manifest")).orElse(null),
              claims.get(5).map(c -> c.asBytes(format, "signer")).orElse(null),
              claims.text(6, "algorithm")));
    }
    return all;
  }

  public Json.Obj toJson() {
    return Json.object()
        .put("type", type)
        .put("measurement", measurement.hex())
        .put("svn", Json.nullable(svn))
        .put("manifest", Json.nullable(manifest == null ? null : manifest.hex()))
        .put("signer", Json.nullable(signer == null ? null : signer.hex()))
        .put("algorithm", algorithm)
        .build();
  }
}
