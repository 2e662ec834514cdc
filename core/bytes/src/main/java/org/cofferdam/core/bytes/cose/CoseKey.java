// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.cose;

import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.cbor.Cbor;
import org.cofferdam.core.bytes.x509.PublicKeyInfo;

/**
 * An EC2 public key of COSE (RFC 9053 §7.1.1).
 *
 * @param curve 1 P-256, 2 P-384, 3 P-521
 * @param x big endian, as long as the curve's field
 * @param y the same; compressed points are refused
 */
public record CoseKey(int curve, Bytes x, Bytes y) {

  /**
   * @throws MalformedEvidenceException where it is no EC2 key, or carries a private part
   */
  public static CoseKey parse(String format, Bytes bytes) {
    Cbor.Dict map = Cbor.parse(format, bytes).asDict(format, "COSE_Key");
    long kty = require(format, map, 1, "kty").asLong(format, "kty");
    if (kty != 2) {
      throw new MalformedEvidenceException(format, "kty", -1, "is " + kty + ", EC2 (2) is needed");
    }
    if (map.get(-4).isPresent()) {
      throw new MalformedEvidenceException(format, "d", -1, "is a private key");
    }
    long crv = require(format, map, -1, "crv").asLong(format, "crv");
    int length =
        switch ((int) crv) {
          case 1 -> 32;
          case 2 -> 48;
          case 3 -> 66;
          default ->
              throw new MalformedEvidenceException(format, "crv", -1, "is " + crv + ", not known");
        };
    Bytes x = require(format, map, -2, "x").asBytes(format, "x", length);
    Bytes y = require(format, map, -3, "y").asBytes(format, "y", length);
    return new CoseKey((int) crv, x, y);
  }

  /** The key as DER SubjectPublicKeyInfo (RFC 5480). */
  public Bytes subjectPublicKeyInfo() {
    return PublicKeyInfo.ofPoint(Bytes.concat(x, y));
  }

  private static Cbor require(String format, Cbor.Dict map, long label, String name) {
    return map.get(label)
        .orElseThrow(() -> new MalformedEvidenceException(format, name, -1, "is missing"));
  }
}
