// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.keys;

import static org.cofferdam.core.bytes.der.DerWriter.bits;
import static org.cofferdam.core.bytes.der.DerWriter.octets;
import static org.cofferdam.core.bytes.der.DerWriter.oid;
import static org.cofferdam.core.bytes.der.DerWriter.sequence;
import static org.cofferdam.core.bytes.der.DerWriter.tlv;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Makes a certificate for a P-256 key, signed by the key itself (RFC 5280). Peers trust the key by
 * its pin, not by this certificate; it is what TLS and tokens have a place for.
 */
public final class SelfSigned {
  private static final byte[] ECDSA_SHA256 = sequence(oid("1.2.840.10045.4.3.2"));
  private static final int SERIAL_BYTES = 16;

  private SelfSigned() {}

  /**
   * @param name common name of subject and issuer
   * @param dnsNames and
   * @param ipv4 the addresses that a TLS client may use
   */
  public static X509Certificate certificate(
      KeyPair pair,
      String name,
      List<String> dnsNames,
      List<byte[]> ipv4,
      Instant notBefore,
      Instant notAfter,
      SecureRandom random) {
    byte[] subject = sequence(tlv(0x31, sequence(oid("2.5.4.3"), tlv(0x0c, utf8(name)))));
    byte[] tbs =
        sequence(
            tlv(0xa0, tlv(0x02, new byte[] {2})),
            tlv(0x02, serial(random)),
            ECDSA_SHA256,
            subject,
            sequence(time(notBefore), time(notAfter)),
            subject,
            pair.getPublic().getEncoded(),
            tlv(0xa3, sequence(extensions(dnsNames, ipv4))));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate(), random);
      signature.update(tbs);
      byte[] certificate = sequence(tbs, ECDSA_SHA256, bits(signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot make a certificate", e);
    }
  }

  private static byte[] extensions(List<String> dnsNames, List<byte[]> ipv4) {
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    dnsNames.forEach(dns -> names.writeBytes(tlv(0x82, utf8(dns))));
    ipv4.forEach(address -> names.writeBytes(tlv(0x87, address)));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    // basicConstraints, critical: no authority.
    all.writeBytes(extension("2.5.29.19", true, sequence()));
    // keyUsage, critical: digitalSignature.
    all.writeBytes(extension("2.5.29.15", true, tlv(0x03, new byte[] {7, (byte) 0x80})));
    if (names.size() > 0) {
      all.writeBytes(extension("2.5.29.17", false, sequence(names.toByteArray())));
      // extendedKeyUsage: serverAuth.
      all.writeBytes(extension("2.5.29.37", false, sequence(oid("1.3.6.1.5.5.7.3.1"))));
    }
    return all.toByteArray();
  }

  private static byte[] extension(String id, boolean critical, byte[] value) {
    return critical
        ? sequence(oid(id), tlv(0x01, new byte[] {(byte) 0xff}), octets(value))
        : sequence(oid(id), octets(value));
  }

  private static byte[] serial(SecureRandom random) {
    byte[] serial = new byte[SERIAL_BYTES];
    random.nextBytes(serial);
    // Positive, and with a first byte that DER does not have to drop.
    serial[0] = (byte) ((serial[0] & 0x3f) | 0x40);
    return serial;
  }

  /** RFC 5280 §4.1.2.5: two digits of the year up to 2049, four from then on. */
  private static byte[] time(Instant at) {
    var utc = at.atZone(ZoneOffset.UTC);
    boolean shortYear = utc.getYear() < 2050;
    String pattern = shortYear ? "yyMMddHHmmss'Z'" : "yyyyMMddHHmmss'Z'";
    return tlv(shortYear ? 0x17 : 0x18, utf8(DateTimeFormatter.ofPattern(pattern).format(utc)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
