// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.x509;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.SignatureEngine;
import org.cofferdam.core.bytes.der.DerElement;
import org.cofferdam.core.bytes.der.DerReader;

/**
 * A certificate revocation list (RFC 5280 §5). Delta and indirect lists are refused when it is
 * used, since their marking extensions are critical.
 *
 * @param encoded the whole list, DER
 * @param signed TBSCertList, DER
 * @param issuer Name, DER
 * @param revoked serial numbers
 * @param extensions of the list, by OID
 */
public record Crl(
    Bytes encoded,
    Bytes signed,
    SignatureIdentifier signatureAlgorithm,
    Bytes issuer,
    Instant thisUpdate,
    Instant nextUpdate,
    Set<BigInteger> revoked,
    Map<String, Extension> extensions,
    Bytes signature) {
  private static final String FORMAT = "X.509 CRL";

  public Crl {
    revoked = Collections.unmodifiableSet(new HashSet<>(revoked));
    extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
  }

  /**
   * Reads exactly one list.
   *
   * @throws org.cofferdam.core.bytes.MalformedEvidenceException on anything else, and where there
   *     is no nextUpdate
   */
  public static Crl parse(Bytes der) {
    DerReader reader = DerReader.single(FORMAT, der).expect(DerElement.SEQUENCE).children();
    DerElement signed = reader.next("tbsCertList", DerElement.SEQUENCE);
    DerElement outer = reader.next("signatureAlgorithm");
    Bytes signature = reader.next("signatureValue").bitOctets();
    reader.end("signatureValue");

    DerReader tbs = signed.children();
    Optional<DerElement> version = tbs.optional("version", DerElement.INTEGER);
    if (version.isPresent()) {
      version.get().integer(1, 1);
    }
    DerElement inner = tbs.next("signature");
    if (!inner.encoded().equals(outer.encoded())) {
      throw inner.malformed("differs from the algorithm outside");
    }
    DerElement issuer = tbs.next("issuer", DerElement.SEQUENCE);
    Instant thisUpdate = tbs.next("thisUpdate").time();
    Instant nextUpdate = tbs.next("nextUpdate").time();
    Set<BigInteger> revoked = new HashSet<>();
    Optional<DerElement> list = tbs.optional("revokedCertificates", DerElement.SEQUENCE);
    if (list.isPresent()) {
      for (DerElement entry : list.get().children().rest("revokedCertificate")) {
        revoked.add(entry.children().next("userCertificate").integer());
      }
    }
    Map<String, Extension> extensions =
        tbs.optional("crlExtensions", DerElement.context(0))
            .map(e -> Extension.readAll(e.children().next("crlExtensions")))
            .orElse(Map.of());
    tbs.end("crlExtensions");
    return new Crl(
        der,
        signed.encoded(),
        SignatureIdentifier.read(outer),
        issuer.encoded(),
        thisUpdate,
        nextUpdate,
        revoked,
        extensions,
        signature);
  }

  /** True where the issuer's name and key fit, it may sign lists, and the signature verifies. */
  public boolean isIssuedBy(Certificate issuer, SignatureEngine engine) {
    return this.issuer.equals(issuer.subject())
        && issuer.maySignCrl()
        && signatureAlgorithm.verify(engine, issuer.spki(), signed, signature);
  }

  /** From thisUpdate on, and before nextUpdate. */
  public boolean isCurrentAt(Instant at) {
    return !at.isBefore(thisUpdate) && at.isBefore(nextUpdate);
  }

  public List<String> unknownCritical() {
    return extensions.values().stream().filter(Extension::critical).map(Extension::oid).toList();
  }

  /** crlNumber, or empty where there is none. */
  public Optional<BigInteger> number() {
    return Optional.ofNullable(extensions.get(Extension.CRL_NUMBER))
        .map(e -> DerReader.single(FORMAT, e.value()).integer());
  }
}
