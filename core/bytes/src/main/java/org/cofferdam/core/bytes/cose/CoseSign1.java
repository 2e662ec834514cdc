// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.cose;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.cbor.Cbor;

/**
 * A COSE_Sign1 message (RFC 9052 §4.2) with its payload inside. Its signature is not checked here.
 *
 * @param protectedBytes the protected header as it was encoded
 * @param protectedHeader the same, parsed
 * @param unprotectedHeader not covered by the signature
 * @param algorithm from the protected header, where it must be
 * @param payload the signed content
 * @param signature r then s, big endian, of equal length for ECDSA
 */
public record CoseSign1(
    Bytes protectedBytes,
    Cbor.Dict protectedHeader,
    Cbor.Dict unprotectedHeader,
    CoseAlgorithm algorithm,
    Bytes payload,
    Bytes signature) {

  private static final long TAG = 18;
  private static final long ALG = 1;
  private static final long CRIT = 2;

  /**
   * Reads a message with or without its tag 18.
   *
   * @param format the name that errors carry
   * @throws MalformedEvidenceException where the form is another, the payload is detached, {@code
   *     alg} is not protected or not known, a header is critical (none is understood here), or a
   *     label is in both headers
   */
  public static CoseSign1 parse(String format, Bytes bytes) {
    return of(format, Cbor.parse(format, bytes));
  }

  /** The same, from an item that was already read. */
  public static CoseSign1 of(String format, Cbor item) {
    Cbor inner = item instanceof Cbor.Tag t && t.is(TAG) ? t.content() : item;
    List<Cbor> parts = inner.asArray(format, "COSE_Sign1");
    if (parts.size() != 4) {
      throw new MalformedEvidenceException(
          format, "COSE_Sign1", -1, "has " + parts.size() + " parts instead of 4");
    }
    Bytes protectedBytes = parts.get(0).asBytes(format, "protected");
    Cbor.Dict protectedHeader =
        protectedBytes.length() == 0
            ? new Cbor.Dict(List.of())
            : Cbor.parse(format + " protected header", protectedBytes).asDict(format, "protected");
    Cbor.Dict unprotected = parts.get(1).asDict(format, "unprotected");
    for (Cbor.Entry entry : unprotected.entries()) {
      if (protectedHeader.get(entry.key()).isPresent()) {
        throw new MalformedEvidenceException(
            format, "unprotected", -1, "repeats a label of the protected header");
      }
    }
    if (protectedHeader.get(CRIT).isPresent()) {
      throw new MalformedEvidenceException(
          format, "crit", -1, "names headers that must be understood and are not");
    }
    Cbor alg =
        protectedHeader
            .get(ALG)
            .orElseThrow(
                () ->
                    new MalformedEvidenceException(
                        format, "alg", -1, "is not in the protected header"));
    return new CoseSign1(
        protectedBytes,
        protectedHeader,
        unprotected,
        CoseAlgorithm.of(format, alg.asLong(format, "alg")),
        parts.get(2).asBytes(format, "payload"),
        parts.get(3).asBytes(format, "signature"));
  }

  /** Sig_structure of RFC 9052 §4.4 without external data: what the signature covers. */
  public byte[] toBeSigned() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x84);
    byte[] context = "Signature1".getBytes(StandardCharsets.UTF_8);
    head(out, 3, context.length);
    out.writeBytes(context);
    head(out, 2, protectedBytes.length());
    out.writeBytes(protectedBytes.toArray());
    head(out, 2, 0);
    head(out, 2, payload.length());
    out.writeBytes(payload.toArray());
    return out.toByteArray();
  }

  private static void head(ByteArrayOutputStream out, int major, int length) {
    int type = major << 5;
    if (length < 24) {
      out.write(type | length);
    } else if (length < 0x100) {
      out.write(type | 24);
      out.write(length);
    } else if (length < 0x10000) {
      out.write(type | 25);
      out.write(length >> 8);
      out.write(length);
    } else {
      out.write(type | 26);
      for (int shift = 24; shift >= 0; shift -= 8) {
        out.write(length >> shift);
      }
    }
  }
}
