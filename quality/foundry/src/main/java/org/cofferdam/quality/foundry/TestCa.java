// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.foundry;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
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
  private static final byte[] ECDSA_SHA384 = Asn1.sequence(Asn1.oid("1.2.840.10045.4.3.3"));
  private static final byte[] RSA_SHA256 =
      Asn1.sequence(Asn1.oid("1.2.840.113549.1.1.11"), new byte[] {5, 0});
  private static final byte[] SHA384 =
      Asn1.sequence(Asn1.oid("2.16.840.1.101.3.4.2.2"), new byte[] {5, 0});
  private static final byte[] RSA_PSS_SHA384 =
      Asn1.sequence(
          Asn1.oid("1.2.840.113549.1.1.10"),
          Asn1.sequence(
              Asn1.context(0, SHA384),
              Asn1.context(1, Asn1.sequence(Asn1.oid("1.2.840.113549.1.1.8"), SHA384)),
              Asn1.context(2, Asn1.integer(48)),
              Asn1.context(3, Asn1.integer(1))));

  private final byte[] name;
  private final KeyPair key;
  private final byte[] certificate;
  private final boolean pss;

  private TestCa(byte[] name, KeyPair key, byte[] certificate, boolean pss) {
    this.name = name.clone();
    this.key = key;
    this.certificate = certificate.clone();
    this.pss = pss;
  }

  /** A self-signed root. */
  static TestCa root(String commonName, KeyPair key, Instant from, Instant to, Hook hook) {
    return root(commonName, key, from, to, false, hook);
  }

  /** A self-signed root that signs with RSASSA-PSS and SHA-384, as those below it. */
  static TestCa pssRoot(String commonName, KeyPair key, Instant from, Instant to, Hook hook) {
    return root(commonName, key, from, to, true, hook);
  }

  private static TestCa root(
      String commonName, KeyPair key, Instant from, Instant to, boolean pss, Hook hook) {
    TestCa self = new TestCa(name(commonName), key, new byte[0], pss);
    byte[] certificate =
        self.issue("root", commonName, key.getPublic(), 1, from, to, authority(4), hook);
    return new TestCa(self.name, key, certificate, pss);
  }

  /** A certificate that its own key signed, with these extensions. */
  static byte[] selfSigned(
      String field,
      String commonName,
      KeyPair key,
      Instant from,
      Instant to,
      List<byte[]> extensions,
      Hook hook) {
    TestCa self = new TestCa(name(commonName), key, new byte[0], false);
    return self.issue(field, commonName, key.getPublic(), 1, from, to, extensions, hook);
  }

  /** An authority below this one. */
  TestCa authority(
      String field, String commonName, KeyPair below, Instant from, Instant to, Hook hook) {
    byte[] issued = issue(field, commonName, below.getPublic(), 2, from, to, authority(3), hook);
    return new TestCa(name(commonName), below, issued, pss);
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
    if (pss) {
      return Crypto.signPss(key.getPrivate(), message);
    }
    String scheme = isRsa() ? "SHA256withRSA" : isP384() ? "SHA384withECDSA" : "SHA256withECDSA";
    return Crypto.sign(scheme, key.getPrivate(), message);
  }

  private byte[] algorithm() {
    byte[] algorithm =
        pss ? RSA_PSS_SHA384 : isRsa() ? RSA_SHA256 : isP384() ? ECDSA_SHA384 : ECDSA_SHA256;
    return algorithm.clone();
  }

  private boolean isP384() {
    return key.getPublic() instanceof ECPublicKey ec
        && ec.getParams().getOrder().bitLength() == 384;
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
