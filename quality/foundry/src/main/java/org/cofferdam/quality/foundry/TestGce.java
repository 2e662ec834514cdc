// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.foundry;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * A vTPM of Compute Engine as the foundry makes it: the protocol buffer around a {@link TestTpm}'s
 * quote, with a certificate of the attestation key that names an instance. The hook sees {@code
 * gce.instance-info}, {@code gce.ak}, {@code gce.quote}, {@code gce.signature}, {@code gce.bank},
 * {@code gce.pcr.N}, {@code gce.log} and {@code gce.message}.
 */
public final class TestGce {
  private static final String INSTANCE_INFO = "1.3.6.1.4.1.11129.2.1.21";

  private final TestTpm tpm;
  private final Hook hook;
  private final byte[] certificate;

  public TestGce(TestTpm tpm, Instant from, Hook hook) {
    this.tpm = tpm;
    this.hook = hook;
    byte[] info =
        Asn1.sequence(
            Asn1.utf8("europe-west4-a"),
            Asn1.integer(1234),
            Asn1.utf8("foundry"),
            Asn1.integer(new BigInteger("5780156274199835632")),
            Asn1.utf8("one"),
            hook.field(
                "gce.security-properties",
                Asn1.context(
                    0,
                    Asn1.sequence(
                        Asn1.context(0, Asn1.integer(0)), Asn1.context(1, Asn1.bool(true))))));
    this.certificate =
        tpm.attestationCertificate(
            from,
            List.of(TestCa.extension(INSTANCE_INFO, false, hook.field("gce.instance-info", info))));
  }

  /** {@code attest.Attestation}. */
  public byte[] attestation(byte[] challenge) {
    byte[] attest = tpm.attest(challenge);
    ByteArrayOutputStream pcrs = new ByteArrayOutputStream();
    pcrs.writeBytes(hook.field("gce.bank", new byte[] {0x08, 0x0b}));
    for (int pcr = 0; pcr < 16; pcr++) {
      byte[] value = hook.field("gce.pcr." + pcr, tpm.register(pcr));
      byte[] entry = Crypto.join(new byte[] {0x08, (byte) pcr}, field(2, value));
      pcrs.writeBytes(field(2, entry));
    }
    byte[] quote =
        Crypto.join(
            field(1, hook.field("gce.quote", attest)),
            field(2, hook.field("gce.signature", tpm.signature(attest))),
            field(3, pcrs.toByteArray()));
    return hook.field(
        "gce.message",
        Crypto.join(
            field(1, hook.field("gce.ak", tpm.attestationPublicArea())),
            field(2, quote),
            field(3, hook.field("gce.log", tpm.eventLog())),
            field(6, certificate)));
  }

  /** A length-delimited field. */
  private static byte[] field(int number, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write((number << 3) | 2);
    int length = content.length;
    while (length > 0x7f) {
      out.write((length & 0x7f) | 0x80);
      length >>>= 7;
    }
    out.write(length);
    out.writeBytes(content);
    return out.toByteArray();
  }
}
