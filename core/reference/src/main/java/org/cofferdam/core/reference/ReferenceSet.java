// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.reference;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * All that the evidence of one workload must match. Every active value must match: there is no
 * optional one.
 *
 * @param workload {@code namespace/name}
 * @param values at least one; ids are unique
 */
public record ReferenceSet(String workload, List<ReferenceValue> values) {
  /** The form's version, in JSON. */
  public static final int VERSION = 1;

  public ReferenceSet {
    values = List.copyOf(values);
    Set<String> ids = new HashSet<>();
    for (ReferenceValue value : values) {
      if (!ids.add(value.id())) {
        throw new MalformedEvidenceException("reference set", value.id(), -1, "is there twice");
      }
    }
  }

  public Json toJson() {
    return Json.object()
        .put("version", VERSION)
        .put("workload", workload)
        .put("values", Json.array(values.stream().map(ReferenceValue::toJson).toList()))
        .build();
  }

  /**
   * @throws MalformedEvidenceException on any other form than {@link #toJson} writes
   */
  public static ReferenceSet fromJson(Json json) {
    Json.Obj o = json.asObject("reference set");
    o.only("version", "workload", "values");
    if (o.integer("version") != VERSION) {
      throw new MalformedEvidenceException("reference set", "version", -1, "is not " + VERSION);
    }
    return new ReferenceSet(
        o.string("workload"), o.array("values").stream().map(ReferenceValue::fromJson).toList());
  }

  /** SHA-256 over the canonical JSON, lower-case hex: what a record names. */
  public String digest() {
    return Hex.encode(Digests.sha256(toJson().canonical()));
  }
}
