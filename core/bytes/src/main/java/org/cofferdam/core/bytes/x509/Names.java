// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.x509;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.der.DerElement;
import org.cofferdam.core.bytes.der.DerReader;

/** Reads distinguished names (RFC 5280 §4.1.2.4). Names are compared as bytes, never as text. */
public final class Names {
  private static final String COMMON_NAME = "2.5.4.3";

  private Names() {}

  /** The first common name, or empty. */
  public static String commonName(Bytes name) {
    List<String> values = values(name, COMMON_NAME);
    return values.isEmpty() ? "" : values.getFirst();
  }

  /** Every value of this attribute type that is a plain string, in order. */
  public static List<String> values(Bytes name, String type) {
    List<String> values = new ArrayList<>();
    DerReader sets = DerReader.single("Name", name).expect(DerElement.SEQUENCE).children();
    while (sets.hasNext()) {
      DerReader set = sets.next("RelativeDistinguishedName", DerElement.SET).children();
      while (set.hasNext()) {
        DerReader pair = set.sequence("AttributeTypeAndValue");
        boolean wanted = pair.next("type").oid().equals(type);
        DerElement value = pair.next("value");
        pair.end("value");
        if (wanted) {
          values.add(value.text());
        }
      }
    }
    return values;
  }
}
