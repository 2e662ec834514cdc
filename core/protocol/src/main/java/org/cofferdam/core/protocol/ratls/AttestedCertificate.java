// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.ratls;

import static org.cofferdam.core.bytes.der.DerWriter.bits;
import static org.cofferdam.core.bytes.der.DerWriter.octets;
import static org.cofferdam.core.bytes.der.DerWriter.oid;
import static org.cofferdam.core.bytes.der.DerWriter.sequence;
import static org.cofferdam.core.bytes.der.DerWriter.tlv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import org.cofferdam.core.bytes.Digests;

/**
 * A self-signed certificate whose quote binds its key, in the interoperable form (TCG DICE tagged
 * evidence, OID 2.23.133.5.4.9, CBOR tag 60000): the quote's report data is the SHA-256 of claims
 * that hold the SHA-256 of the key, filled up with zeros to 64 bytes.
 *
 * @param key P-256
 * @param certificate DER
 */
public record AttestedCertificate(KeyPair key, byte[] certificate) {
  private static final String TAGGED_EVIDENCE = "2.23.133.5.4.9";
  private static final int QUOTE_TAG = 60000;
  private static final int SHA256 = 1;
  private static final int REPORT_DATA = 64;

  /** Where quotes come from. */
  @FunctionalInterface
  public interface Quoter {
    /**
     * @param reportData 64 bytes
     */
    byte[] quote(byte[] reportData) throws IOException;
  }

  /** Makes a fresh key, lets it be quoted, and signs with it. */
  public static AttestedCertificate create(
      Quoter quoter, Instant from, Duration life, SecureRandom random) throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      byte[] claims = claims(pair.getPublic().getEncoded());
      byte[] reportData = Arrays.copyOf(Digests.sha256(claims), REPORT_DATA);
      byte[] evidence = evidence(quoter.quote(reportData), claims);
      return new AttestedCertificate(pair, sign(pair, evidence, from, from.plus(life), random));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no P-256", e);
    }
  }

  /** {@code {"pubkey-hash": << [1, SHA-256 of the SubjectPublicKeyInfo] >>}}. */
  private static byte[] claims(byte[] spki) {
    byte[] hash = Digests.sha256(spki);
    byte[] entry = join(head(4, 2), head(0, SHA256), head(2, hash.length), hash);
    byte[] name = "pubkey-hash".getBytes(StandardCharsets.UTF_8);
    return join(head(5, 1), head(3, name.length), name, head(2, entry.length), entry);
  }

  private static byte[] evidence(byte[] quote, byte[] claims) {
    return join(
        head(6, QUOTE_TAG),
        head(4, 2),
        head(2, quote.length),
        quote,
        head(2, claims.length),
        claims);
  }

  private static byte[] sign(
      KeyPair pair, byte[] evidence, Instant from, Instant to, SecureRandom random)
      throws GeneralSecurityException {
    byte[] algorithm = sequence(oid("1.2.840.10045.4.3.2"));
    byte[] name =
        sequence(
            tlv(
                0x31,
                sequence(oid("2.5.4.3"), tlv(0x0c, "RATLS".getBytes(StandardCharsets.US_ASCII)))));
    byte[] serial = new byte[16];
    random.nextBytes(serial);
    serial[0] = (byte) ((serial[0] & 0x3f) | 0x40);
    byte[] tbs =
        sequence(
            tlv(0xa0, tlv(0x02, new byte[] {2})),
            tlv(0x02, serial),
            algorithm,
            name,
            sequence(time(from), time(to)),
            name,
            pair.getPublic().getEncoded(),
            tlv(0xa3, sequence(sequence(oid(TAGGED_EVIDENCE), octets(evidence)))));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate(), random);
    signature.update(tbs);
    return sequence(tbs, algorithm, bits(signature.sign()));
  }

  private static byte[] time(Instant at) {
    String text =
        DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").format(at.atZone(ZoneOffset.UTC));
    // RFC 5280 §4.1.2.5: UTCTime with two digits of the year before 2050.
    return at.isBefore(Instant.parse("2050-01-01T00:00:00Z"))
        ? tlv(0x17, text.substring(2).getBytes(StandardCharsets.US_ASCII))
        : tlv(0x18, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Initial byte and argument of a CBOR item (RFC 8949 §3), shortest form. */
  private static byte[] head(int major, int argument) {
    int type = major << 5;
    if (argument < 24) {
      return new byte[] {(byte) (type | argument)};
    }
    if (argument < 0x100) {
      return new byte[] {(byte) (type | 24), (byte) argument};
    }
    return new byte[] {(byte) (type | 25), (byte) (argument >>> 8), (byte) argument};
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
