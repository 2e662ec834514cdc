// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.uvm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.cbor.Cbor;
import org.cofferdam.core.bytes.cose.CoseSign1;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Microsoft's statement that a launch measurement is that of a utility VM: COSE_Sign1 whose
 * protected header names issuer and feed, and whose payload is JSON. It is an endorsement, not
 * evidence: alone it proves nothing about a machine.
 *
 * @param message the signed message
 * @param chain header 33 (x5chain, RFC 9360), leaf first
 * @param leafHash header 34 (x5t) with SHA-256; null where absent
 * @param issuer header {@code iss}
 * @param feed header {@code feed}: which product
 * @param signingTime from its own header; null where absent
 * @param launchMeasurement payload {@code x-ms-sevsnpvm-launchmeasurement}, 48 bytes
 * @param guestSvn payload {@code x-ms-sevsnpvm-guestsvn}, a number as text
 */
public record UvmEndorsement(
    CoseSign1 message,
    List<Certificate> chain,
    @Nullable Bytes leafHash,
    String issuer,
    String feed,
    @Nullable Instant signingTime,
    Bytes launchMeasurement,
    String guestSvn) {

  private static final String FORMAT = "UVM endorsement";
  private static final long X5CHAIN = 33;
  private static final long X5T = 34;
  private static final long SHA256 = -16;
  private static final String MEASUREMENT = "x-ms-sevsnpvm-launchmeasurement";
  private static final String SVN = "x-ms-sevsnpvm-guestsvn";

  public UvmEndorsement {
    chain = List.copyOf(chain);
  }

  /** True where it is a COSE_Sign1 message with a feed in its protected header. */
  public static boolean looksLike(Bytes bytes) {
    try {
      return CoseSign1.parse(FORMAT, bytes).protectedHeader().get("feed").isPresent();
    } catch (MalformedEvidenceException e) {
      return false;
    }
  }

  /**
   * @throws MalformedEvidenceException where a header or a member of the payload is missing or has
   *     another form
   */
  public static UvmEndorsement parse(Bytes bytes) {
    CoseSign1 message = CoseSign1.parse(FORMAT, bytes);
    Cbor.Dict header = message.protectedHeader();
    List<Certificate> chain = new ArrayList<>();
    for (Cbor der :
        require(header.get(X5CHAIN).orElse(null), "x5chain").asArray(FORMAT, "x5chain")) {
      chain.add(Certificate.parse(der.asBytes(FORMAT, "x5chain")));
    }
    if (chain.size() < 2) {
      throw new MalformedEvidenceException(
          FORMAT, "x5chain", -1, "has " + chain.size() + " certificates, two at least are needed");
    }
    Json.Obj payload = Json.parse(message.payload().toArray()).asObject("payload");
    Bytes measurement = Bytes.ofHex(payload.string(MEASUREMENT));
    if (measurement.length() != 48) {
      throw new MalformedEvidenceException(FORMAT, MEASUREMENT, -1, "is not 48 bytes long");
    }
    String svn = payload.string(SVN);
    if (!svn.matches("[0-9]{1,9}")) {
      throw new MalformedEvidenceException(FORMAT, SVN, -1, "is not a number");
    }
    return new UvmEndorsement(
        message,
        chain,
        leafHash(header.get(X5T).orElse(null)),
        require(header.get("iss").orElse(null), "iss").asText(FORMAT, "iss"),
        require(header.get("feed").orElse(null), "feed").asText(FORMAT, "feed"),
        time(header.get("signingtime").orElse(null)),
        measurement,
        svn);
  }

  public Json.Obj fields() {
    return Json.object()
        .put("alg", message.algorithm().name())
        .put("iss", issuer)
        .put("feed", feed)
        .put("signingtime", Json.nullable(signingTime == null ? null : signingTime.toString()))
        .put("x5chain", Json.strings(chain.stream().map(c -> c.encoded().hex()).toList()))
        .put("x5t", Json.nullable(leafHash == null ? null : leafHash.hex()))
        .put(MEASUREMENT, launchMeasurement.hex())
        .put(SVN, guestSvn)
        .put("signature", message.signature().hex())
        .build();
  }

  private static @Nullable Bytes leafHash(@Nullable Cbor value) {
    if (value == null) {
      return null;
    }
    List<Cbor> parts = value.asArray(FORMAT, "x5t");
    if (parts.size() != 2 || parts.get(0).asLong(FORMAT, "x5t") != SHA256) {
      throw new MalformedEvidenceException(FORMAT, "x5t", -1, "is no SHA-256 of a certificate");
    }
    return parts.get(1).asBytes(FORMAT, "x5t", 32);
  }

  private static @Nullable Instant time(@Nullable Cbor value) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof Cbor.Tag tag) || !tag.is(1)) {
      throw new MalformedEvidenceException(FORMAT, "signingtime", -1, "is not tagged as a time");
    }
    long seconds = tag.content().asLong(FORMAT, "signingtime");
    // The years that RFC 3339 can write.
    if (seconds < 0 || seconds > 253_402_300_799L) {
      throw new MalformedEvidenceException(FORMAT, "signingtime", -1, "is not a time of our era");
    }
    return Instant.ofEpochSecond(seconds);
  }

  private static Cbor require(@Nullable Cbor value, String name) {
    if (value == null) {
      throw new MalformedEvidenceException(FORMAT, name, -1, "is missing");
    }
    return value;
  }
}
