// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence;

import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.cbor.Cbor;

/**
 * A CBOR map of claims with integer labels, read by name so that errors carry the name.
 *
 * @param format the name that errors carry
 * @param map the claims
 */
public record CborClaims(String format, Cbor.Dict map) {

  /** From an item that must be a map. */
  public static CborClaims of(String format, Cbor item) {
    return new CborClaims(format, item.asDict(format, "claims"));
  }

  /** From encoded claims. */
  public static CborClaims parse(String format, Bytes bytes) {
    return of(format, Cbor.parse(format, bytes));
  }

  public Optional<Cbor> get(long label) {
    return map.get(label);
  }

  /**
   * @throws MalformedEvidenceException where the claim is missing
   */
  public Cbor require(long label, String name) {
    return map.get(label).orElseThrow(() -> malformed(name, "is missing"));
  }

  /** A byte string of one of these lengths. */
  public Bytes bytes(long label, String name, int... lengths) {
    return require(label, name).asBytes(format, name, lengths);
  }

  public Bytes bytes(long label, String name) {
    return require(label, name).asBytes(format, name);
  }

  public String text(long label, String name) {
    return require(label, name).asText(format, name);
  }

  public Optional<String> optionalText(long label, String name) {
    return map.get(label).map(c -> c.asText(format, name));
  }

  /** From 0 to {@code max}. */
  public long number(long label, String name, long max) {
    long value = require(label, name).asLong(format, name);
    if (value < 0 || value > max) {
      throw malformed(name, "is " + value + ", outside of 0 to " + max);
    }
    return value;
  }

  public List<Cbor> array(long label, String name) {
    return require(label, name).asArray(format, name);
  }

  public MalformedEvidenceException malformed(String name, String problem) {
    return new MalformedEvidenceException(format, name, -1, problem);
  }
}
