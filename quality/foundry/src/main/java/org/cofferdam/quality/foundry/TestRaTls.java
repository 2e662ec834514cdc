// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.foundry;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A TLS key of the foundry whose certificate carries a quote, in the interoperable form. The hook
 * sees the certificate under {@code tls}, and {@code tls.claims}, {@code tls.key-hash}, {@code
 * tls.report-data} and {@code tls.evidence}.
 */
public final class TestRaTls {
  private final KeyPair key = Crypto.p256();
  private final byte[] certificate;

  /**
   * @param quote makes evidence over 64 bytes of report data
   * @param from the certificate is valid from here, for one year
   */
  public TestRaTls(UnaryOperator<byte[]> quote, Instant from, Hook hook) {
    byte[] hash = hook.field("tls.key-hash", Crypto.sha256(key.getPublic().getEncoded()));
    byte[] entry = CborWriter.array(CborWriter.integer(1), CborWriter.bytes(hash));
    byte[] claims =
        hook.field(
            "tls.claims", CborWriter.map(CborWriter.text("pubkey-hash"), CborWriter.bytes(entry)));
    byte[] bound = hook.field("tls.report-data", Arrays.copyOf(Crypto.sha256(claims), 64));
    byte[] evidence =
        hook.field(
            "tls.evidence",
            CborWriter.tag(
                60000,
                CborWriter.array(CborWriter.bytes(quote.apply(bound)), CborWriter.bytes(claims))));
    certificate =
        TestCa.selfSigned(
            "tls",
            "RATLS",
            key,
            from,
            from.plusSeconds(365L * 86400),
            List.of(TestCa.extension("2.23.133.5.4.9", false, evidence)),
            hook);
  }

  /** DER. */
  public byte[] certificate() {
    return certificate.clone();
  }

  public PrivateKey privateKey() {
    return key.getPrivate();
  }
}
