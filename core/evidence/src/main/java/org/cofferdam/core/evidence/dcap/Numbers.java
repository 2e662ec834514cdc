// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.dcap;

import java.time.DateTimeException;
import java.time.Instant;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/** Values in Intel's JSON, each of exactly its form. */
final class Numbers {
  private static final String FORMAT = "Intel collateral";

  private Numbers() {}

  static int unsigned(Json.Obj json, String name, int most) {
    long value = json.integer(name);
    if (value < 0 || value > most) {
      throw new MalformedEvidenceException(FORMAT, name, -1, "is not between 0 and " + most);
    }
    return (int) value;
  }

  static Instant time(Json.Obj json, String name) {
    try {
      return Instant.parse(json.string(name));
    } catch (DateTimeException e) {
      throw new MalformedEvidenceException(FORMAT, name, -1, "is no time in UTC");
    }
  }

  static Bytes hex(Json.Obj json, String name, int size) {
    Bytes value = Bytes.of(Hex.decode(json.string(name)));
    if (value.length() != size) {
      throw new MalformedEvidenceException(FORMAT, name, -1, "has not " + size + " bytes");
    }
    return value;
  }
}
