// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.foundry;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;

/**
 * A CoVE platform of the foundry, with the provisional labels of the draft. The hook sees claims as
 * {@code platform.NAME}, {@code tsm.NAME} and {@code tvm.NAME} in CBOR, and the messages under the
 * same names.
 */
public final class TestCove {
  private static final byte[] ES384 =
      CborWriter.map(CborWriter.integer(1), CborWriter.integer(-35));

  private final KeyPair root = Crypto.p384();
  private final KeyPair platform = Crypto.p384();
  private final KeyPair tsm = Crypto.p384();
  private final KeyPair tvm = Crypto.p384();
  private final Hook hook;

  public TestCove(Hook hook) {
    this.hook = hook;
  }

  public byte[] token(byte[] challenge) {
    byte[] digest = CborWriter.bytes(Crypto.sha256("cove".getBytes(StandardCharsets.UTF_8)));
    byte[] algorithm = CborWriter.text("sha-256");
    byte[] components =
        CborWriter.array(
            CborWriter.map(
                CborWriter.integer(1), CborWriter.text("TSM"),
                CborWriter.integer(2), digest,
                CborWriter.integer(6), algorithm));
    byte[] measurements =
        CborWriter.array(
            CborWriter.map(
                CborWriter.integer(1), CborWriter.integer(4),
                CborWriter.integer(2), digest,
                CborWriter.integer(3), algorithm));
    byte[] platformToken =
        signed(
            "platform",
            root,
            CborWriter.integer(265),
            CborWriter.text("https://riscv.org/TBD"),
            CborWriter.integer(-70001),
            hook.field("platform.key", CborWriter.bytes(TestCca.coseKey(platform))),
            CborWriter.integer(-70002),
            CborWriter.bytes(new byte[64]),
            CborWriter.integer(-70003),
            hook.field("platform.state", CborWriter.integer(2)),
            CborWriter.integer(-70004),
            components);
    byte[] tsmToken =
        signed(
            "tsm",
            platform,
            CborWriter.integer(-70005),
            hook.field("tsm.key", CborWriter.bytes(TestCca.coseKey(tsm))),
            CborWriter.integer(-70006),
            components);
    byte[] tvmToken =
        signed(
            "tvm",
            tsm,
            CborWriter.integer(10),
            hook.field("tvm.challenge", CborWriter.bytes(Arrays.copyOf(challenge, 64))),
            CborWriter.integer(-70008),
            CborWriter.bytes(TestCca.coseKey(tvm)),
            CborWriter.integer(-70009),
            measurements,
            CborWriter.integer(-70010),
            hook.field("tvm.runtime", measurements));
    return CborWriter.map(
        CborWriter.integer(266),
        CborWriter.map(
            CborWriter.text("platform"), platformToken,
            CborWriter.text("tsm"), tsmToken,
            CborWriter.text("tvm"), tvmToken));
  }

  private byte[] signed(String name, KeyPair key, byte[]... claims) {
    return CborWriter.tag(
        18,
        CborWriter.sign1(
            name,
            ES384,
            CborWriter.tag(61, CborWriter.map(claims)),
            covered -> Crypto.signP384(key.getPrivate(), covered),
            hook));
  }

  /** COSE_Key of a key that no token names, in CBOR as a byte string. */
  public static byte[] strangeKey() {
    return CborWriter.bytes(TestCca.coseKey(Crypto.p384()));
  }

  /** SubjectPublicKeyInfo of the root of trust, DER. */
  public byte[] rootPublicKey() {
    return root.getPublic().getEncoded();
  }
}
