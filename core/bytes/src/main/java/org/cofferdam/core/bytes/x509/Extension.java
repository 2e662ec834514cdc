// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.x509;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.der.DerElement;
import org.cofferdam.core.bytes.der.DerReader;

/**
 * One extension of a certificate or revocation list (RFC 5280 §4.1.2.9).
 *
 * @param oid dotted decimal
 * @param critical true where who does not understand it must refuse
 * @param value content of the OCTET STRING, DER
 */
public record Extension(String oid, boolean critical, Bytes value) {
  public static final String BASIC_CONSTRAINTS = "2.5.29.19";
  public static final String KEY_USAGE = "2.5.29.15";
  public static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  public static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
  public static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
  public static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
  public static final String CRL_NUMBER = "2.5.29.20";
  public static final String DELTA_CRL_INDICATOR = "2.5.29.27";
  public static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";

  /** Reads {@code SEQUENCE OF Extension}; no id twice. */
  static Map<String, Extension> readAll(DerElement sequence) {
    Map<String, Extension> all = new LinkedHashMap<>();
    DerReader reader = sequence.expect(DerElement.SEQUENCE).children();
    while (reader.hasNext()) {
      DerReader one = reader.sequence("extension");
      String oid = one.next("extnID").oid();
      boolean critical =
          one.optional("critical", DerElement.BOOLEAN).map(DerElement::bool).orElse(false);
      Bytes value = one.next("extnValue").octets();
      one.end("extension");
      if (all.put(oid, new Extension(oid, critical, value)) != null) {
        throw sequence.malformed("has the extension " + oid + " twice");
      }
    }
    return Collections.unmodifiableMap(all);
  }
}
