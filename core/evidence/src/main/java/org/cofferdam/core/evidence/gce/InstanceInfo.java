// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.gce;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.cofferdam.core.bytes.der.DerElement;
import org.cofferdam.core.bytes.der.DerReader;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;

/**
 * The extension 1.3.6.1.4.1.11129.2.1.21 of a vTPM's certificate: which instance Google made it
 * for. {@code SEQUENCE { zone UTF8String, projectNumber INTEGER, projectId UTF8String, instanceId
 * INTEGER, instanceName UTF8String, securityProperties [0] EXPLICIT SEQUENCE { securityVersion [0],
 * isProduction [1] BOOLEAN, … } OPTIONAL }}.
 *
 * @param isProduction empty where the certificate does not say
 */
public record InstanceInfo(
    String zone,
    BigInteger projectNumber,
    String projectId,
    BigInteger instanceId,
    String instanceName,
    Optional<Boolean> isProduction) {
  public static final String OID = "1.3.6.1.4.1.11129.2.1.21";
  private static final String FORMAT = "GCE instance information";

  /**
   * Empty where the certificate has no such extension.
   *
   * @throws org.cofferdam.core.bytes.MalformedEvidenceException where it has one of another form
   */
  public static Optional<InstanceInfo> of(Certificate certificate) {
    return certificate
        .extension(OID)
        .map(
            e -> parse(DerReader.single(FORMAT, e.value()).expect(DerElement.SEQUENCE).children()));
  }

  private static InstanceInfo parse(DerReader reader) {
    String zone = text(reader.next("zone"));
    BigInteger number = reader.next("projectNumber").integer();
    String project = text(reader.next("projectId"));
    BigInteger id = reader.next("instanceId").integer();
    String name = text(reader.next("instanceName"));
    Optional<Boolean> production =
        reader
            .optional("securityProperties", DerElement.context(0))
            .flatMap(p -> production(p.children().sequence("securityProperties")));
    reader.end("securityProperties");
    return new InstanceInfo(zone, number, project, id, name, production);
  }

  private static Optional<Boolean> production(DerReader properties) {
    Optional<Boolean> found = Optional.empty();
    for (DerElement property : properties.rest("property")) {
      if (property.tag() == DerElement.context(1)) {
        found = Optional.of(property.children().next("isProduction").bool());
      }
    }
    return found;
  }

  private static String text(DerElement element) {
    return new String(
        element.expect(DerElement.UTF8_STRING).content().toArray(), StandardCharsets.UTF_8);
  }

  /** As claims. */
  public Json.Obj toJson() {
    return Json.object()
        .put("zone", zone)
        .put("project-number", new Json.Num(projectNumber.toString()))
        .put("project-id", projectId)
        .put("instance-id", instanceId.toString())
        .put("instance-name", instanceName)
        .put("is-production", isProduction.<Json>map(Json.Bool::new).orElse(Json.Null.NULL))
        .build();
  }
}
