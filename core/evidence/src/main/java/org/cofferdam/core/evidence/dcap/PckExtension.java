// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.dcap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.der.DerElement;
import org.cofferdam.core.bytes.der.DerReader;
import org.cofferdam.core.bytes.x509.Certificate;
import org.jspecify.annotations.Nullable;

/**
 * The SGX extension of a PCK certificate (1.2.840.113741.1.13.1): what Intel certified about the
 * platform.
 *
 * @param ppid platform provisioning id, 16 bytes
 * @param components 16 SVNs, each 0 to 255
 * @param pceSvn SVN of the PCE
 * @param cpuSvn raw, 16 bytes
 * @param pceId 2 bytes
 * @param fmspc 6 bytes: family, model, stepping, platform type, SKU
 * @param sgxType 0 standard, 1 scalable, 2 scalable with integrity
 * @param platformInstanceId 16 bytes, or null for a processor CA
 * @param configuration dynamicPlatform, cachedKeys, smtEnabled; those that are there
 */
public record PckExtension(
    Bytes ppid,
    List<Integer> components,
    int pceSvn,
    Bytes cpuSvn,
    Bytes pceId,
    Bytes fmspc,
    int sgxType,
    @Nullable Bytes platformInstanceId,
    Map<String, Boolean> configuration) {
  private static final String OID = "1.2.840.113741.1.13.1";
  private static final String FORMAT = "SGX extension";
  private static final List<String> CONFIGURATION =
      List.of("dynamicPlatform", "cachedKeys", "smtEnabled");

  public PckExtension {
    components = List.copyOf(components);
    configuration = Map.copyOf(configuration);
  }

  /**
   * @throws MalformedEvidenceException where the certificate has none, or not a complete one
   */
  public static PckExtension of(Certificate certificate) {
    Bytes value = certificate.extension(OID).orElseThrow(() -> missing("extension")).value();
    Map<String, DerElement> fields = pairs(DerReader.single(FORMAT, value), OID);
    Map<String, DerElement> tcb = pairs(required(fields, "2"), OID + ".2");
    List<Integer> components = new ArrayList<>();
    for (int i = 1; i <= 16; i++) {
      components.add(required(tcb, Integer.toString(i)).integer(0, 255));
    }
    Map<String, Boolean> configuration = new HashMap<>();
    if (fields.containsKey("7")) {
      Map<String, DerElement> flags = pairs(required(fields, "7"), OID + ".7");
      for (int i = 0; i < CONFIGURATION.size(); i++) {
        DerElement flag = flags.get(Integer.toString(i + 1));
        if (flag != null) {
          configuration.put(CONFIGURATION.get(i), flag.bool());
        }
      }
    }
    return new PckExtension(
        sized(required(fields, "1"), 16),
        components,
        required(tcb, "17").integer(0, 65535),
        sized(required(tcb, "18"), 16),
        sized(required(fields, "3"), 2),
        sized(required(fields, "4"), 6),
        required(fields, "5").integer(0, 255),
        Optional.ofNullable(fields.get("6")).map(e -> sized(e, 16)).orElse(null),
        configuration);
  }

  /** SEQUENCE OF { OID, value }, keyed by the last arc; each id once, order free. */
  private static Map<String, DerElement> pairs(DerElement sequence, String parent) {
    Map<String, DerElement> found = new HashMap<>();
    DerReader reader = sequence.expect(DerElement.SEQUENCE).children();
    while (reader.hasNext()) {
      DerReader pair = reader.sequence("pair");
      String oid = pair.next("id").oid();
      DerElement value = pair.next(oid);
      pair.end("value");
      if (!oid.startsWith(parent + ".")
          || found.put(oid.substring(parent.length() + 1), value) != null) {
        throw sequence.malformed("has " + oid + " twice, or where it does not belong");
      }
    }
    return found;
  }

  private static DerElement required(Map<String, DerElement> fields, String arc) {
    DerElement element = fields.get(arc);
    if (element == null) {
      throw missing("." + arc);
    }
    return element;
  }

  private static Bytes sized(DerElement element, int size) {
    Bytes octets = element.octets();
    if (octets.length() != size) {
      throw element.malformed("has not " + size + " bytes");
    }
    return octets;
  }

  private static MalformedEvidenceException missing(String field) {
    return new MalformedEvidenceException(FORMAT, field, -1, "is missing");
  }
}
