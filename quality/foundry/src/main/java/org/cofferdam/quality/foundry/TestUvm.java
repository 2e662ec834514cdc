// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.foundry;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Who endorses utility VMs, in the foundry. The hook sees the certificates under {@code root} and
 * {@code leaf}, the headers {@code uvm.iss}, {@code uvm.feed}, {@code uvm.signing-time} and {@code
 * uvm.leaf-hash} in CBOR, and the message under {@code uvm}.
 */
public final class TestUvm {
  private static final String USAGE = "1.3.6.1.4.1.99999.1.2";

  private final Hook hook;
  private final TestCa root;
  private final KeyPair key;
  private final byte[] leaf;
  private final Instant from;

  /**
   * @param keys which take long to make: root and signer
   * @param from certificates are valid from here, for one year
   */
  public TestUvm(TestAmd.Keys keys, Instant from, Hook hook) {
    this.hook = hook;
    this.from = from;
    this.key = keys.issuer();
    Instant to = from.plusSeconds(365L * 86400);
    root = TestCa.root("Foundry Supply Chain Root", keys.root(), from, to, hook);
    leaf =
        root.issue(
            "leaf",
            "Foundry ContainerPlat",
            key.getPublic(),
            5,
            from,
            to,
            List.of(TestCa.extension("2.5.29.37", false, Asn1.sequence(Asn1.oid(USAGE)))),
            hook);
  }

  /** The identifier that the endorsement names. */
  public String issuer() {
    return "did:x509:0:sha256:"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(Crypto.sha256(root.certificate()))
        + "::eku:"
        + USAGE;
  }

  public byte[] endorsement(byte[] measurement) {
    byte[] header =
        CborWriter.map(
            CborWriter.integer(1),
            CborWriter.integer(-38),
            CborWriter.integer(33),
            CborWriter.array(CborWriter.bytes(leaf), CborWriter.bytes(root.certificate())),
            CborWriter.integer(34),
            CborWriter.array(
                CborWriter.integer(-16),
                hook.field("uvm.leaf-hash", CborWriter.bytes(Crypto.sha256(leaf)))),
            CborWriter.text("iss"),
            hook.field("uvm.iss", CborWriter.text(issuer())),
            CborWriter.text("feed"),
            hook.field("uvm.feed", CborWriter.text("FoundryPlat")),
            CborWriter.text("signingtime"),
            hook.field(
                "uvm.signing-time",
                CborWriter.tag(1, CborWriter.integer(from.getEpochSecond() + 60))));
    String payload =
        "{\"x-ms-sevsnpvm-guestsvn\": \"7\", \"x-ms-sevsnpvm-launchmeasurement\": \""
            + HexFormat.of().formatHex(measurement)
            + "\"}";
    return CborWriter.tag(
        18,
        CborWriter.sign1(
            "uvm",
            header,
            payload.getBytes(StandardCharsets.UTF_8),
            covered -> Crypto.signPss(key.getPrivate(), covered),
            hook));
  }
}
