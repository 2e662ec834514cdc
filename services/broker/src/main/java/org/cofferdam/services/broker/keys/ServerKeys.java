// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.keys;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.SecretBytes;

/** The server's own keys and their certificates, made at the first start. */
public final class ServerKeys {
  private static final Duration CERTIFICATE_LIFE = Duration.ofDays(3650);
  private static final Duration SKEW = Duration.ofDays(1);
  private static final int SESSION_KEY_BYTES = 32;

  private final SystemKeys keys;
  private final SecureRandom random;
  private final Instant now;

  public ServerKeys(SystemKeys keys, SecureRandom random, Instant now) {
    this.keys = keys;
    this.random = random;
    this.now = now;
  }

  public SecretBytes session() throws IOException {
    return keys.getOrMake(
        "session",
        () -> {
          byte[] bytes = new byte[SESSION_KEY_BYTES];
          random.nextBytes(bytes);
          return SecretBytes.owning(bytes);
        });
  }

  public KeyPair log() throws IOException {
    return StoredKeyPair.ed25519(keys, "log", random);
  }

  public KeyPair token() throws IOException {
    return StoredKeyPair.p256(keys, "token", random);
  }

  public X509Certificate tokenCertificate(KeyPair pair) throws IOException {
    return certificate("token-certificate", pair, "Cofferdam attestation results", List.of());
  }

  public KeyPair tls() throws IOException {
    return StoredKeyPair.p256(keys, "tls", random);
  }

  /**
   * @param names in the certificate, besides localhost and the loopback address
   */
  public X509Certificate tlsCertificate(KeyPair pair, List<String> names) throws IOException {
    List<String> all = new ArrayList<>(List.of("localhost"));
    all.addAll(names);
    String id =
        "tls-certificate-"
            + Hex.encode(Digests.sha256(String.join(",", all).getBytes(StandardCharsets.UTF_8)));
    return certificate(id, pair, "Cofferdam broker", all);
  }

  private X509Certificate certificate(String id, KeyPair pair, String name, List<String> dnsNames)
      throws IOException {
    List<byte[]> addresses =
        dnsNames.isEmpty()
            ? List.of()
            : List.of(
                new byte[] {127, 0, 0, 1},
                // Where a guest under QEMU's user network finds its host.
                new byte[] {10, 0, 2, 2});
    try (SecretBytes kept = keys.getOrMake(id, () -> make(pair, name, dnsNames, addresses))) {
      return kept.lend(ServerKeys::parse);
    }
  }

  private SecretBytes make(
      KeyPair pair, String name, List<String> dnsNames, List<byte[]> addresses) {
    try {
      return SecretBytes.owning(
          SelfSigned.certificate(
                  pair,
                  name,
                  dnsNames,
                  addresses,
                  now.minus(SKEW),
                  now.plus(CERTIFICATE_LIFE),
                  random)
              .getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate cannot be encoded", e);
    }
  }

  private static X509Certificate parse(byte[] der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate of the server cannot be read", e);
    }
  }
}
