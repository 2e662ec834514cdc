// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.foundry;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;

/**
 * A GPU of the foundry. The hook sees the certificates under {@code root}, {@code family}, {@code
 * product}, {@code device} and {@code leaf}, the firmware id in the leaf as {@code leaf.fwid}, and
 * the report's fields as {@code report.NAME}.
 */
public final class TestGpu {
  private static final byte[] FIRMWARE =
      Crypto.hash("SHA-384", "firmware".getBytes(StandardCharsets.UTF_8));

  private final Hook hook;
  private final TestCa root;
  private final TestCa family;
  private final TestCa product;
  private final TestCa device;
  private final KeyPair key = Crypto.p384();
  private final byte[] leaf;

  /**
   * @param from certificates are valid from here, for one year
   */
  public TestGpu(Instant from, Hook hook) {
    this.hook = hook;
    Instant to = from.plusSeconds(365L * 86400);
    root = TestCa.root("Foundry Device Identity CA", Crypto.p384(), from, to, hook);
    family = root.authority("family", "Foundry Identity", Crypto.p384(), from, to, hook);
    product = family.authority("product", "Foundry Provisioner", Crypto.p384(), from, to, hook);
    device = product.authority("device", "Foundry Device", Crypto.p384(), from, to, hook);
    byte[] composite =
        Asn1.sequence(
            Asn1.integer(1),
            device.key().getPublic().getEncoded(),
            Asn1.sequence(
                Asn1.oid("2.16.840.1.101.3.4.2.2"),
                Asn1.octets(hook.field("leaf.fwid", FIRMWARE.clone()))));
    leaf =
        device.issue(
            "leaf",
            "Foundry Attestation Key",
            key.getPublic(),
            9,
            from,
            to,
            List.of(TestCa.extension("2.23.133.5.4.1", false, composite)),
            hook);
  }

  /** Request and response over this challenge of 32 bytes. */
  public byte[] report(byte[] challenge) {
    Writer blocks = new Writer(hook, ByteOrder.LITTLE_ENDIAN);
    for (int i = 1; i <= 3; i++) {
      blocks
          .u8("report.index", i)
          .u8("report.specification", 1)
          .u16("report.block-size", 51)
          .u8("report.value-type", 1)
          .u16("report.value-size", 48)
          .bytes("report.value-" + i, FIRMWARE.clone());
    }
    Writer opaque = new Writer(hook, ByteOrder.LITTLE_ENDIAN);
    field(opaque, "driver", 3, "580.1\0".getBytes(StandardCharsets.US_ASCII));
    field(opaque, "vbios", 6, new byte[] {0, 0x74, 0, (byte) 0x96, 0x20, 0, 0, 0});
    if (hook.field("report.with-fwid", new byte[] {1}).length > 0) {
      field(opaque, "fwid", 20, FIRMWARE.clone());
    }
    byte[] record = hook.field("report.record", blocks.toBytes());
    byte[] vendor = hook.field("report.opaque", opaque.toBytes());
    Writer w = new Writer(hook, ByteOrder.LITTLE_ENDIAN);
    w.bytes("report.request", new byte[] {0x11, (byte) 0xe0, 1, (byte) 0xff})
        .bytes("report.nonce", challenge)
        .u8("report.slot", 0)
        .bytes("report.response", new byte[] {0x11, 0x60, 0, 0})
        .u8("report.blocks", 3)
        .u16("report.record-length", record.length)
        .u8("report.record-length-top", 0)
        .bytes("report.record-again", record)
        .zeros("report.responder-nonce", 32)
        .u16("report.opaque-length", vendor.length)
        .bytes("report.opaque-again", vendor);
    byte[] signed = w.toBytes();
    return Crypto.join(
        signed, hook.field("report.signature", Crypto.signP384(key.getPrivate(), signed)));
  }

  private static void field(Writer opaque, String name, int type, byte[] value) {
    opaque.u16("opaque." + name + ".type", type).u16("opaque." + name + ".size", value.length);
    opaque.bytes("opaque." + name, value);
  }

  /** PEM, leaf first. */
  public String chain() {
    return TestCa.pem(
        leaf,
        device.certificate(),
        product.certificate(),
        family.certificate(),
        root.certificate());
  }

  /** SubjectPublicKeyInfo of the root, DER. */
  public byte[] rootPublicKey() {
    return root.publicKey();
  }
}
