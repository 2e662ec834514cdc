// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.workload;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cofferdam.core.attestation.Waiver;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.policy.ResourcePattern;
import org.cofferdam.core.reference.ReferenceSet;

/**
 * One registered workload.
 *
 * @param name {@code namespace/name}
 * @param version raised with every change; 0 before it is stored
 * @param references what its evidence must match
 * @param canonicalReferences the same as canonical JSON, which records name by digest
 * @param initData the document that its guests are started with
 * @param secrets what it may have
 * @param waivers rules of the verification policy that it need not keep
 */
public record Workload(
    String name,
    long version,
    ReferenceSet references,
    byte[] canonicalReferences,
    Bytes initData,
    List<ResourcePattern> secrets,
    List<Waiver> waivers) {

  public Workload {
    secrets = List.copyOf(secrets);
    waivers = List.copyOf(waivers);
  }

  /**
   * Reads the body of PUT {@code /api/v1/workloads/NAMESPACE/NAME}.
   *
   * @throws MalformedEvidenceException where the form is another, or the parts name other workloads
   */
  public static Workload fromJson(String name, Json json) {
    Json.Obj o = json.asObject("workload");
    o.only("references", "initdata", "secrets", "waivers");
    ReferenceSet references = ReferenceSet.fromJson(o.require("references"));
    Bytes initData = Bytes.of(o.string("initdata").getBytes(StandardCharsets.UTF_8));
    same("references", name, references.workload());
    same("initdata", name, InitDataDocument.parse(initData).workload());
    if (references.values().isEmpty()) {
      throw new MalformedEvidenceException("workload", "references", -1, "has no value");
    }
    return new Workload(
        name,
        0,
        references,
        references.toJson().canonical(),
        initData,
        o.array("secrets").stream().map(s -> new ResourcePattern(s.asString("secrets"))).toList(),
        o.get("waivers").orElse(Json.array(List.of())).asArray("waivers").stream()
            .map(Waiver::fromJson)
            .toList());
  }

  private static void same(String field, String name, String other) {
    if (!name.equals(other)) {
      throw new MalformedEvidenceException("workload", field, -1, "is for another workload");
    }
  }
}
