// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.foundry;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A certification authority of a test root: its name, its key, its certificate. The hook sees
 * {@code NAME.serial}, {@code NAME.not-before}, {@code NAME.not-after}, {@code NAME.public-key},
 * {@code NAME.extensions} and {@code NAME.signature}, where NAME is the name of the certificate.
 */
public final class TestCa {
  private static final byte[] ECDSA_SHA256 = Asn1.sequence(Asn1.oid("1.2.840.10045.4.3.2"));
  private static final byte[] RSA_SHA256 =
      Asn1.sequence(Asn1.oid("1.2.840.113549.1.1.11"), new byte[] {5, 0});

  private final byte[] name;
  private final KeyPair key;
  private final byte[] certificate;

  private TestCa(byte[] name, KeyPair key, byte[] certificate) {
    this.name = name.clone();
    this.key = key;
    this.certificate = certificate.clone();
  }

  /** A self-signed root. */
  static TestCa root(String commonName, KeyPair key, Instant from, Instant to, Hook hook) {
    TestCa self = new TestCa(name(commonName), key, new byte[0]);
    byte[] certificate =
        self.issue("root", commonName, key.getPublic(), 1, from, to, authority(1), hook);
    return new TestCa(self.name, key, certificate);
  }

  /** An authority below this one. */
  TestCa authority(
      String field, String commonName, KeyPair below, Instant from, Instant to, Hook hook) {
    byte[] issued = issue(field, commonName, below.getPublic(), 2, from, to, authority(0), hook);
    return new TestCa(name(commonName), below, issued);
  }

  /** A certificate with these extensions, each already an Extension SEQUENCE. */
  byte[] issue(
      String field,
      String commonName,
      PublicKey subject,
      long serial,
      Instant from,
      Instant to,
      List<byte[]> extensions,
      Hook hook) {
    byte[] algorithm = algorithm();
    byte[] signed =
        Asn1.sequence(
            Asn1.context(0, Asn1.integer(2)),
            Asn1.tlv(2, hook.field(field + ".serial", BigInteger.valueOf(serial).toByteArray())),
            algorithm,
            name,
            Asn1.sequence(
                hook.field(field + ".not-before", Asn1.time(from)),
                hook.field(field + ".not-after", Asn1.time(to))),
            name(commonName),
            hook.field(field + ".public-key", subject.getEncoded()),
            Asn1.context(
                3,
                Asn1.sequence(
                    hook.field(
                        field + ".extensions", Crypto.join(extensions.toArray(byte[][]::new))))));
    byte[] signature = hook.field(field + ".signature", sign(signed));
    return Asn1.sequence(signed, algorithm, Asn1.bits(signature));
  }

  /**
   * A revocation list. The hook sees {@code FIELD.this-update}, {@code FIELD.next-update} and
   * {@code FIELD.signature}.
   */
  byte[] revoke(
      String field, List<BigInteger> serials, Instant from, Instant to, long number, Hook hook) {
    List<byte[]> entries = new ArrayList<>();
    for (BigInteger serial : serials) {
      entries.add(Asn1.sequence(Asn1.integer(serial), Asn1.time(from)));
    }
    byte[] revoked =
        entries.isEmpty() ? new byte[0] : Asn1.sequence(entries.toArray(byte[][]::new));
    byte[] signed =
        Asn1.sequence(
            Asn1.integer(1),
            algorithm(),
            name,
            hook.field(field + ".this-update", Asn1.time(from)),
            hook.field(field + ".next-update", Asn1.time(to)),
            revoked,
            Asn1.context(0, Asn1.sequence(extension("2.5.29.20", false, Asn1.integer(number)))));
    return Asn1.sequence(
        signed, algorithm(), Asn1.bits(hook.field(field + ".signature", sign(signed))));
  }

  byte[] sign(byte[] message) {
    return Crypto.sign(isRsa() ? "SHA256withRSA" : "SHA256withECDSA", key.getPrivate(), message);
  }

  private byte[] algorithm() {
    return isRsa() ? RSA_SHA256.clone() : ECDSA_SHA256.clone();
  }

  private boolean isRsa() {
    return key.getPrivate().getAlgorithm().equals("RSA");
  }

  static byte[] extension(String oid, boolean critical, byte[] value) {
    return Asn1.sequence(
        Asn1.oid(oid), critical ? Asn1.bool(true) : new byte[0], Asn1.octets(value));
  }

  /** basicConstraints of an authority, and its key usage: certificates and lists. */
  static List<byte[]> authority(int pathLength) {
    return List.of(
        extension("2.5.29.19", true, Asn1.sequence(Asn1.bool(true), Asn1.integer(pathLength))),
        extension("2.5.29.15", true, Asn1.tlv(3, new byte[] {1, 6})));
  }

  private static byte[] name(String commonName) {
    return Asn1.sequence(Asn1.set(Asn1.sequence(Asn1.oid("2.5.4.3"), Asn1.utf8(commonName))));
  }

  /** DER. */
  public byte[] certificate() {
    return certificate.clone();
  }

  /** SubjectPublicKeyInfo, DER: what a verifier pins. */
  public byte[] publicKey() {
    return key.getPublic().getEncoded();
  }

  KeyPair key() {
    return key;
  }

  /** A PEM chain in the order given. */
  static String pem(byte[]... certificates) {
    StringBuilder text = new StringBuilder();
    Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
    Arrays.stream(certificates)
        .forEach(
            c ->
                text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(encoder.encodeToString(c))
                    .append("\n-----END CERTIFICATE-----\n"));
    return text.toString();
  }
}
