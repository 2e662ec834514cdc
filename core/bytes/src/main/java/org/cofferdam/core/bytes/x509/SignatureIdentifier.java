// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.bytes.x509;

import java.util.Optional;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.EcdsaSignatures;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SignatureAlgorithm;
import org.cofferdam.core.bytes.SignatureEngine;
import org.cofferdam.core.bytes.der.DerElement;
import org.cofferdam.core.bytes.der.DerReader;
import org.jspecify.annotations.Nullable;

/**
 * The AlgorithmIdentifier of a signature (RFC 5280 §4.1.1.2), and how to verify with it. SHA-1 and
 * anything unknown verifies nothing.
 *
 * @param oid dotted decimal
 * @param encoded the whole AlgorithmIdentifier, DER
 */
public record SignatureIdentifier(String oid, Bytes encoded) {
  private static final String FORMAT = "AlgorithmIdentifier";
  private static final String RSA_PSS = "1.2.840.113549.1.1.10";

  static SignatureIdentifier read(DerElement sequence) {
    DerReader reader = sequence.expect(DerElement.SEQUENCE).children();
    return new SignatureIdentifier(reader.next("algorithm").oid(), sequence.encoded());
  }

  /** True only where the signature verifies under the issuer's key. */
  public boolean verify(SignatureEngine engine, Bytes issuerSpki, Bytes signed, Bytes signature) {
    return engine.recurring(
        encoded,
        issuerSpki,
        signed,
        signature,
        () -> compute(engine, issuerSpki, signed, signature));
  }

  private boolean compute(SignatureEngine engine, Bytes issuerSpki, Bytes signed, Bytes signature) {
    Optional<SignatureAlgorithm> algorithm = algorithm(issuerSpki);
    if (algorithm.isEmpty()) {
      return false;
    }
    byte[] value = signature.toArray();
    if (algorithm.get().width() > 0) {
      try {
        value = EcdsaSignatures.fromDer(value, algorithm.get().width());
      } catch (MalformedEvidenceException e) {
        return false;
      }
    }
    return engine.verify(algorithm.get(), issuerSpki, signed.toArray(), value);
  }

  private Optional<SignatureAlgorithm> algorithm(Bytes issuerSpki) {
    return Optional.ofNullable(
        switch (oid) {
          case "1.2.840.10045.4.3.2" ->
              switch (PublicKeyInfo.curve(issuerSpki)) {
                case PublicKeyInfo.P256 -> SignatureAlgorithm.ECDSA_P256_SHA256;
                case PublicKeyInfo.P384 -> SignatureAlgorithm.ECDSA_P384_SHA256;
                default -> null;
              };
          case "1.2.840.10045.4.3.3" ->
              switch (PublicKeyInfo.curve(issuerSpki)) {
                case PublicKeyInfo.P256 -> SignatureAlgorithm.ECDSA_P256_SHA384;
                case PublicKeyInfo.P384 -> SignatureAlgorithm.ECDSA_P384_SHA384;
                default -> null;
              };
          case "1.2.840.10045.4.3.4" -> SignatureAlgorithm.ECDSA_P521_SHA512;
          case "1.2.840.113549.1.1.11" -> SignatureAlgorithm.RSA_PKCS1_SHA256;
          case "1.2.840.113549.1.1.12" -> SignatureAlgorithm.RSA_PKCS1_SHA384;
          case "1.2.840.113549.1.1.13" -> SignatureAlgorithm.RSA_PKCS1_SHA512;
          case "1.3.101.112" -> SignatureAlgorithm.ED25519;
          case RSA_PSS -> pss();
          default -> null;
        });
  }

  /** RFC 4055 §3.1; only MGF1 with the same hash, a salt as long as the hash, and trailer 1. */
  private @Nullable SignatureAlgorithm pss() {
    DerReader reader = DerReader.single(FORMAT, encoded).children();
    reader.next("algorithm");
    DerReader parameters = reader.sequence("parameters");
    reader.end("parameters");
    String hash =
        parameters
            .next("hashAlgorithm", DerElement.context(0))
            .children()
            .sequence("hash")
            .next("algorithm")
            .oid();
    DerReader mask =
        parameters.next("maskGenAlgorithm", DerElement.context(1)).children().sequence("mgf");
    String mgf = mask.next("algorithm").oid();
    String maskHash = mask.sequence("hash").next("algorithm").oid();
    int salt =
        parameters
            .next("saltLength", DerElement.context(2))
            .children()
            .next("saltLength")
            .integer(0, 512);
    Optional<DerElement> trailer = parameters.optional("trailerField", DerElement.context(3));
    parameters.end("parameters");
    if (!mgf.equals("1.2.840.113549.1.1.8")
        || !maskHash.equals(hash)
        || (trailer.isPresent()
            && trailer.get().children().next("trailerField").integer(0, 255) != 1)) {
      return null;
    }
    return switch (hash + " " + salt) {
      case "2.16.840.1.101.3.4.2.1 32" -> SignatureAlgorithm.RSA_PSS_SHA256;
      case "2.16.840.1.101.3.4.2.2 48" -> SignatureAlgorithm.RSA_PSS_SHA384;
      case "2.16.840.1.101.3.4.2.3 64" -> SignatureAlgorithm.RSA_PSS_SHA512;
      default -> null;
    };
  }
}
