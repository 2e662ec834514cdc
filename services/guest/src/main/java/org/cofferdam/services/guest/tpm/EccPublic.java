// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.tpm;

import org.cofferdam.core.bytes.ByteReader;
import org.cofferdam.core.bytes.Hex;

/** Reads the point out of an attestation key's TPMT_PUBLIC. */
public final class EccPublic {
  private static final String P256_PREFIX =
      "3059301306072a8648ce3d020106082a8648ce3d03010703420004";

  private EccPublic() {}

  /** The key as DER SubjectPublicKeyInfo; only P-256 without a policy, as the template makes it. */
  public static byte[] subjectPublicKeyInfo(byte[] publicArea) {
    ByteReader in = ByteReader.of("TPMT_PUBLIC", publicArea);
    expect(in, "type", 0x0023);
    expect(in, "nameAlg", 0x000b);
    in.skip("objectAttributes", 4);
    expect(in, "authPolicy.size", 0);
    expect(in, "symmetric", 0x0010);
    expect(in, "scheme", 0x0018);
    expect(in, "scheme.hashAlg", 0x000b);
    expect(in, "curveID", 0x0003);
    expect(in, "kdf", 0x0010);
    byte[] x = coordinate(in, "x");
    byte[] y = coordinate(in, "y");
    in.end("unique");
    return Hex.decode(P256_PREFIX + Hex.encode(x) + Hex.encode(y));
  }

  private static void expect(ByteReader in, String field, int value) {
    if (in.u16be(field) != value) {
      throw in.malformed(field, "is not 0x" + Integer.toHexString(value));
    }
  }

  /** Coordinates may come without leading zeros. */
  private static byte[] coordinate(ByteReader in, String field) {
    int size = in.u16be(field + ".size");
    if (size > 32) {
      throw in.malformed(field, "is longer than 32 bytes");
    }
    byte[] value = new byte[32];
    System.arraycopy(in.bytes(field, size), 0, value, 32 - size, size);
    return value;
  }
}
