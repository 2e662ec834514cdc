// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.foundry;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Nitro secure module of the foundry. The hook sees the certificates under {@code root}, {@code
 * region} and {@code enclave}, each member of the payload as {@code nitro.NAME} in CBOR, and the
 * message under {@code nitro}.
 */
public final class TestNitro {
  private static final byte[] ES384 =
      CborWriter.map(CborWriter.integer(1), CborWriter.integer(-35));

  private final Hook hook;
  private final TestCa root;
  private final TestCa region;
  private final KeyPair key = Crypto.p384();
  private final byte[] leaf;

  /**
   * @param from certificates are valid from here: the leaf for three hours, the others for a year
   */
  public TestNitro(Instant from, Hook hook) {
    this.hook = hook;
    Instant year = from.plusSeconds(365L * 86400);
    root = TestCa.root("foundry.nitro-enclaves", Crypto.p384(), from, year, hook);
    region = root.authority("region", "foundry.region", Crypto.p384(), from, year, hook);
    leaf =
        region.issue(
            "enclave",
            "foundry.enclave",
            key.getPublic(),
            3,
            from,
            from.plusSeconds(3 * 3600),
            List.of(TestCa.extension("2.5.29.15", true, Asn1.tlv(3, new byte[] {7, (byte) 0x80}))),
            hook);
  }

  /** A document made at {@code at} whose PCR 0 to 2 hold {@code measurement}. */
  public byte[] document(Instant at, byte @Nullable [] nonce, byte[] measurement) {
    List<byte[]> pcrs = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      pcrs.add(CborWriter.integer(i));
      pcrs.add(CborWriter.bytes(i < 3 ? measurement : new byte[48]));
    }
    List<byte[]> members = new ArrayList<>();
    add(members, "module_id", CborWriter.text("i-0123456789abcdef0-enc0123456789abcdef"));
    add(members, "digest", CborWriter.text("SHA384"));
    add(members, "timestamp", CborWriter.integer(at.toEpochMilli()));
    add(members, "pcrs", CborWriter.map(pcrs.toArray(byte[][]::new)));
    add(members, "certificate", CborWriter.bytes(leaf));
    add(
        members,
        "cabundle",
        CborWriter.array(
            CborWriter.bytes(root.certificate()), CborWriter.bytes(region.certificate())));
    add(members, "public_key", CborWriter.NULL);
    add(members, "user_data", CborWriter.bytes("user".getBytes(StandardCharsets.UTF_8)));
    add(members, "nonce", nonce == null ? CborWriter.NULL : CborWriter.bytes(nonce));
    return CborWriter.sign1(
        "nitro",
        ES384,
        CborWriter.map(members.toArray(byte[][]::new)),
        covered -> Crypto.signP384(key.getPrivate(), covered),
        hook);
  }

  private void add(List<byte[]> members, String name, byte[] value) {
    byte[] written = hook.field("nitro." + name, value);
    if (written.length > 0) {
      members.add(CborWriter.text(name));
      members.add(written);
    }
  }

  /** SubjectPublicKeyInfo of the root, DER. */
  public byte[] rootPublicKey() {
    return root.publicKey();
  }
}
