// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.ratls;

import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.cbor.Cbor;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that carries the quote of the enclave or TD that holds its key. Where the
 * interoperable extension is there, no other is looked at: a fall-back would let an attacker
 * choose.
 *
 * @param certificate the whole certificate
 * @param scheme which extension, and so which binding
 * @param quote an SGX or TDX quote as it stands in the extension
 * @param claims the encoded claims that the quote's report data hashes; null for legacy extensions
 * @param publicKeyHash what the claims say of the key; null for legacy extensions
 * @param nonce claim {@code nonce}; null where absent
 */
public record RaTlsCertificate(
    Certificate certificate,
    Scheme scheme,
    Bytes quote,
    @Nullable Bytes claims,
    @Nullable KeyHash publicKeyHash,
    @Nullable Bytes nonce) {

  private static final String FORMAT = "RA-TLS certificate";
  private static final long TAGGED_QUOTE = 60000;

  /** Who defined the extension. */
  public enum Scheme {
    /** TCG DICE conceptual message wrapper, as the Confidential Computing Consortium uses it. */
    INTEROPERABLE("2.23.133.5.4.9"),
    /** Gramine; the header of the OID's own encoding got into its value. */
    GRAMINE("0.6.9.42.840.113741.1337.6"),
    /** The form that Gramine's was meant to be; rats-tls, and Occlum through it. */
    INTEL("1.2.840.113741.1337.6");

    private final String oid;

    Scheme(String oid) {
      this.oid = oid;
    }

    public String oid() {
      return oid;
    }
  }

  /**
   * @param algorithm of the IANA named information registry: 1 SHA-256, 7 SHA-384, 8 SHA-512
   */
  public record KeyHash(int algorithm, Bytes hash) {}

  /** True where the certificate has one of the extensions. */
  public static boolean carries(Certificate certificate) {
    return scheme(certificate).isPresent();
  }

  /**
   * @throws MalformedEvidenceException where no extension is known, or the one that counts has
   *     another form; claims without a hash of the key are refused
   */
  public static RaTlsCertificate parse(Certificate certificate) {
    Scheme scheme =
        scheme(certificate).orElseThrow(() -> malformed("extension", "with a quote is not there"));
    Bytes value = certificate.extension(scheme.oid()).orElseThrow().value();
    return scheme == Scheme.INTEROPERABLE
        ? interoperable(certificate, value)
        : new RaTlsCertificate(certificate, scheme, value, null, null, null);
  }

  public Json.Obj fields() {
    return Json.object()
        .put("scheme", scheme.name())
        .put("oid", scheme.oid())
        .put("subjectPublicKeyInfo", certificate.spki().hex())
        .put("notBefore", certificate.notBefore().toString())
        .put("notAfter", certificate.notAfter().toString())
        .put("claims", Json.nullable(claims == null ? null : claims.hex()))
        .put(
            "pubkey-hash", Json.nullable(publicKeyHash == null ? null : publicKeyHash.hash().hex()))
        .put("nonce", Json.nullable(nonce == null ? null : nonce.hex()))
        .put("quote", quote.hex())
        .build();
  }

  private static Optional<Scheme> scheme(Certificate certificate) {
    for (Scheme scheme : Scheme.values()) {
      if (certificate.extension(scheme.oid()).isPresent()) {
        return Optional.of(scheme);
      }
    }
    return Optional.empty();
  }

  private static RaTlsCertificate interoperable(Certificate certificate, Bytes value) {
    if (!(Cbor.parse(FORMAT, value) instanceof Cbor.Tag tag) || !tag.is(TAGGED_QUOTE)) {
      throw malformed("tagged evidence", "is not a quote under tag " + TAGGED_QUOTE);
    }
    List<Cbor> parts = tag.content().asArray(FORMAT, "tagged evidence");
    if (parts.size() != 2) {
      throw malformed("tagged evidence", "has " + parts.size() + " items instead of 2");
    }
    Bytes claims = parts.get(1).asBytes(FORMAT, "claims");
    Cbor.Dict map = Cbor.parse(FORMAT + " claims", claims).asDict(FORMAT, "claims");
    Bytes hashEntry =
        map.get("pubkey-hash")
            .orElseThrow(() -> malformed("pubkey-hash", "is missing"))
            .asBytes(FORMAT, "pubkey-hash");
    List<Cbor> hash = Cbor.parse(FORMAT + " pubkey-hash", hashEntry).asArray(FORMAT, "pubkey-hash");
    if (hash.size() != 2) {
      throw malformed("pubkey-hash", "has " + hash.size() + " items instead of 2");
    }
    long algorithm = hash.get(0).asLong(FORMAT, "pubkey-hash algorithm");
    int length = algorithm == 1 ? 32 : algorithm == 7 ? 48 : algorithm == 8 ? 64 : -1;
    if (length < 0) {
      throw malformed("pubkey-hash algorithm", "is " + algorithm + ", not known");
    }
    return new RaTlsCertificate(
        certificate,
        Scheme.INTEROPERABLE,
        parts.get(0).asBytes(FORMAT, "quote"),
        claims,
        new KeyHash((int) algorithm, hash.get(1).asBytes(FORMAT, "pubkey-hash", length)),
        map.get("nonce").map(n -> n.asBytes(FORMAT, "nonce")).orElse(null));
  }

  private static MalformedEvidenceException malformed(String field, String problem) {
    return new MalformedEvidenceException(FORMAT, field, -1, problem);
  }
}
