// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.x509;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.SignatureEngine;
import org.cofferdam.core.bytes.der.DerElement;
import org.cofferdam.core.bytes.der.DerReader;
import org.jspecify.annotations.Nullable;

/**
 * An X.509 certificate of version 3 (RFC 5280 §4.1). Holding one proves nothing.
 *
 * @param encoded the whole certificate, DER
 * @param signed TBSCertificate, DER: what the signature covers
 * @param serialNumber may be 0 (AMD); never negative
 * @param signatureAlgorithm the same inside and outside
 * @param issuer Name, DER
 * @param subject Name, DER
 * @param spki SubjectPublicKeyInfo, DER
 * @param extensions by OID
 * @param signature content of the BIT STRING
 * @param facts read from the other fields once, since they are asked for again and again
 */
public record Certificate(
    Bytes encoded,
    Bytes signed,
    BigInteger serialNumber,
    SignatureIdentifier signatureAlgorithm,
    Bytes issuer,
    Instant notBefore,
    Instant notAfter,
    Bytes subject,
    Bytes spki,
    Map<String, Extension> extensions,
    Bytes signature,
    Facts facts) {
  private static final String FORMAT = "X.509 certificate";
  private static final int KEY_CERT_SIGN = 1 << 5;
  private static final int CRL_SIGN = 1 << 6;
  private static final int DIGITAL_SIGNATURE = 1;

  /**
   * What names and extensions say.
   *
   * @param commonName of the subject, or empty
   * @param issuerCommonName or empty
   * @param pathLength how many intermediates may follow a CA; empty where this is no CA
   * @param keyUsage named bits, bit 0 the lowest; empty where there is none
   */
  public record Facts(
      String commonName,
      String issuerCommonName,
      Optional<Integer> pathLength,
      Optional<Integer> keyUsage) {

    private static Facts of(Bytes subject, Bytes issuer, Map<String, Extension> extensions) {
      return new Facts(
          Names.commonName(subject),
          Names.commonName(issuer),
          readPathLength(extensions.get(Extension.BASIC_CONSTRAINTS)),
          Optional.ofNullable(extensions.get(Extension.KEY_USAGE))
              .map(e -> DerReader.single(FORMAT, e.value()).namedBits()));
    }
  }

  public Certificate {
    extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
  }

  /**
   * Reads exactly one certificate.
   *
   * @throws org.cofferdam.core.bytes.MalformedEvidenceException on anything else
   */
  public static Certificate parse(Bytes der) {
    DerReader reader = DerReader.single(FORMAT, der).expect(DerElement.SEQUENCE).children();
    DerElement signed = reader.next("tbsCertificate", DerElement.SEQUENCE);
    DerElement outer = reader.next("signatureAlgorithm");
    Bytes signature = reader.next("signatureValue").bitOctets();
    reader.end("signatureValue");

    DerReader tbs = signed.children();
    DerElement version = tbs.next("version", DerElement.context(0));
    if (version.children().next("version").integer(0, 255) != 2) {
      throw version.malformed("is not 3");
    }
    DerElement serial = tbs.next("serialNumber", DerElement.INTEGER);
    if (serial.integer().signum() < 0) {
      throw serial.malformed("is negative");
    }
    DerElement inner = tbs.next("signature");
    if (!inner.encoded().equals(outer.encoded())) {
      throw inner.malformed("differs from the algorithm outside");
    }
    DerElement issuer = tbs.next("issuer", DerElement.SEQUENCE);
    DerReader validity = tbs.sequence("validity");
    Instant notBefore = validity.next("notBefore").time();
    Instant notAfter = validity.next("notAfter").time();
    validity.end("notAfter");
    DerElement subject = tbs.next("subject", DerElement.SEQUENCE);
    DerElement spki = tbs.next("subjectPublicKeyInfo", DerElement.SEQUENCE);
    tbs.optional("issuerUniqueID", DerElement.contextPrimitive(1));
    tbs.optional("subjectUniqueID", DerElement.contextPrimitive(2));
    Optional<DerElement> list = tbs.optional("extensions", DerElement.context(3));
    tbs.end("extensions");
    Map<String, Extension> extensions =
        list.map(e -> Extension.readAll(e.children().next("extensions"))).orElse(Map.of());
    return new Certificate(
        der,
        signed.encoded(),
        serial.integer(),
        SignatureIdentifier.read(outer),
        issuer.encoded(),
        notBefore,
        notAfter,
        subject.encoded(),
        spki.encoded(),
        extensions,
        signature,
        Facts.of(subject.encoded(), issuer.encoded(), extensions));
  }

  /**
   * Reads one certificate with nothing but zeros behind it: TPMs keep certificates in areas of a
   * fixed size.
   *
   * @throws org.cofferdam.core.bytes.MalformedEvidenceException as {@link #parse}
   */
  public static Certificate parsePadded(Bytes der) {
    DerElement element = DerReader.of(FORMAT, der).next("certificate");
    int length = element.encoded().length();
    if (!der.slice(length, der.length()).isZero()) {
      throw element.malformed("is followed by something else than zeros");
    }
    return parse(element.encoded());
  }

  public Optional<Extension> extension(String oid) {
    return Optional.ofNullable(extensions.get(oid));
  }

  /** True where basicConstraints says CA, and keyUsage, if there, allows signing certificates. */
  public boolean mayIssue() {
    return pathLength().isPresent()
        && keyUsage().map(bits -> (bits & KEY_CERT_SIGN) != 0).orElse(true);
  }

  /** True where keyUsage is absent or allows signing revocation lists. */
  public boolean maySignCrl() {
    return keyUsage().map(bits -> (bits & CRL_SIGN) != 0).orElse(true);
  }

  /** True where keyUsage is absent or allows signing data. */
  public boolean maySign() {
    return keyUsage().map(bits -> (bits & DIGITAL_SIGNATURE) != 0).orElse(true);
  }

  /** How many intermediates may follow a CA; empty where this is no CA. */
  public Optional<Integer> pathLength() {
    return facts.pathLength();
  }

  private static Optional<Integer> readPathLength(@Nullable Extension constraints) {
    if (constraints == null) {
      return Optional.empty();
    }
    DerReader reader =
        DerReader.single(FORMAT, constraints.value()).expect(DerElement.SEQUENCE).children();
    boolean ca = reader.optional("cA", DerElement.BOOLEAN).map(DerElement::bool).orElse(false);
    int length =
        reader
            .optional("pathLenConstraint", DerElement.INTEGER)
            .map(e -> e.integer(0, 255))
            .orElse(255);
    reader.end("basicConstraints");
    return ca ? Optional.of(length) : Optional.empty();
  }

  private Optional<Integer> keyUsage() {
    return facts.keyUsage();
  }

  /** OIDs of extKeyUsage; empty where there is none. */
  public List<String> extendedKeyUsage() {
    return extension(Extension.EXTENDED_KEY_USAGE)
        .map(
            e ->
                DerReader.single(FORMAT, e.value()).children().rest("KeyPurposeId").stream()
                    .map(DerElement::oid)
                    .toList())
        .orElse(List.of());
  }

  /** Critical extensions beyond these and the ones that this record answers for. */
  public List<String> unknownCritical(Set<String> understood) {
    Set<String> own =
        Set.of(Extension.BASIC_CONSTRAINTS, Extension.KEY_USAGE, Extension.EXTENDED_KEY_USAGE);
    return extensions.values().stream()
        .filter(Extension::critical)
        .map(Extension::oid)
        .filter(oid -> !own.contains(oid) && !understood.contains(oid))
        .toList();
  }

  /** True where the issuer's name and key fit, and the signature verifies. */
  public boolean isIssuedBy(Certificate issuer, SignatureEngine engine) {
    return this.issuer.equals(issuer.subject()) && isSignedBy(issuer.spki(), engine);
  }

  public boolean isSignedBy(Bytes issuerSpki, SignatureEngine engine) {
    return signatureAlgorithm.verify(engine, issuerSpki, signed, signature);
  }

  public boolean isSelfIssued() {
    return issuer.equals(subject);
  }

  public boolean isValidAt(Instant at) {
    return !at.isBefore(notBefore) && !at.isAfter(notAfter);
  }

  public String commonName() {
    return facts.commonName();
  }

  public String issuerCommonName() {
    return facts.issuerCommonName();
  }

  /** SHA-256 over the certificate, lower-case hex. */
  public String fingerprint() {
    return encoded.sha256().hex();
  }
}
