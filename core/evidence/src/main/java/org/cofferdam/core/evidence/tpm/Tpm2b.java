// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.tpm;

import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Bytes;

/** TPM2B: a length of two bytes, and that many bytes. */
final class Tpm2b {
  private Tpm2b() {}

  static Bytes read(ByteReader reader, String field, int most) {
    int size = reader.u16be(field + ".size");
    if (size > most) {
      throw reader.malformed(field + ".size", "is above " + most);
    }
    return reader.octets(field, size);
  }
}
