// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.tpm;

import java.util.Arrays;
import org.cofferdam.core.bytes.ByteReader;

/** The little DER that a guest needs. */
final class Der {
  private Der() {}

  /** The SEQUENCE at the start of {@code bytes}, without what an NV index is padded with. */
  static byte[] first(byte[] bytes) {
    ByteReader in = ByteReader.of("X.509 certificate", bytes);
    if (in.u8("tag") != 0x30) {
      throw in.malformed("tag", "is not SEQUENCE");
    }
    long length = in.u8("length");
    if (length == 0x81) {
      length = in.u8("length");
    } else if (length == 0x82) {
      length = in.u16be("length");
    } else if (length >= 0x80) {
      throw in.malformed("length", "is longer than an NV index can be");
    }
    in.skip("contents", length);
    return Arrays.copyOf(bytes, in.position());
  }
}
