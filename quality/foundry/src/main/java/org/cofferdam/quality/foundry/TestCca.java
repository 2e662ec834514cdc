// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.foundry;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A CCA platform of the foundry with one realm, in the profile of 2023. The hook sees claims as
 * {@code platform.NAME} and {@code realm.NAME} in CBOR, and the messages under {@code platform} and
 * {@code realm}.
 */
public final class TestCca {
  private static final byte[] ES384 =
      CborWriter.map(CborWriter.integer(1), CborWriter.integer(-35));

  private final KeyPair platformKey = Crypto.p384();
  private final KeyPair realmKey = Crypto.p384();
  private final Hook hook;

  public TestCca(Hook hook) {
    this.hook = hook;
  }

  /** The whole token under tag 399. */
  public byte[] token(byte[] challenge) {
    byte[] realmPublic = coseKey(realmKey);
    byte[] digest = Crypto.sha256("component".getBytes(StandardCharsets.UTF_8));
    byte[] component =
        CborWriter.map(
            CborWriter.integer(1), CborWriter.text("RMM"),
            CborWriter.integer(2), CborWriter.bytes(digest),
            CborWriter.integer(5), CborWriter.bytes(digest));
    byte[] instance = new byte[33];
    instance[0] = 1;
    byte[] platform =
        claims(
            "platform",
            List.of(
                claim("profile", 265, CborWriter.text("tag:arm.com,2023:cca_platform#1.0.0")),
                claim("challenge", 10, CborWriter.bytes(Crypto.sha256(realmPublic))),
                claim("implementation-id", 2396, CborWriter.bytes(new byte[32])),
                claim("instance-id", 256, CborWriter.bytes(instance)),
                claim("config", 2401, CborWriter.bytes(new byte[4])),
                claim("lifecycle", 2395, CborWriter.integer(0x3000)),
                claim("hash", 2402, CborWriter.text("sha-256")),
                claim("components", 2399, CborWriter.array(component))));
    byte[] measurement = CborWriter.bytes(new byte[32]);
    byte[] realm =
        claims(
            "realm",
            List.of(
                claim("profile", 265, CborWriter.text("tag:arm.com,2023:realm#1.0.0")),
                claim("challenge", 10, CborWriter.bytes(Arrays.copyOf(challenge, 64))),
                claim("personalisation", 44235, CborWriter.bytes(new byte[64])),
                claim("hash", 44236, CborWriter.text("sha-256")),
                claim("key", 44237, CborWriter.bytes(realmPublic)),
                claim("key-hash", 44240, CborWriter.text("sha-256")),
                claim("initial", 44238, measurement),
                claim(
                    "extensible",
                    44239,
                    CborWriter.array(measurement, measurement, measurement, measurement))));
    return CborWriter.tag(
        399,
        CborWriter.map(
            CborWriter.integer(44234), CborWriter.bytes(signed("platform", platform, platformKey)),
            CborWriter.integer(44241), CborWriter.bytes(signed("realm", realm, realmKey))));
  }

  private record Claim(String name, long label, byte[] value) {}

  private static Claim claim(String name, long label, byte[] value) {
    return new Claim(name, label, value);
  }

  /** Claims that the hook made empty are left out. */
  private byte[] claims(String token, List<Claim> claims) {
    return CborWriter.map(
        claims.stream()
            .map(c -> new Claim(c.name, c.label, hook.field(token + "." + c.name, c.value)))
            .filter(c -> c.value.length > 0)
            .flatMap(c -> Stream.of(CborWriter.integer(c.label), c.value))
            .toArray(byte[][]::new));
  }

  private byte[] signed(String name, byte[] payload, KeyPair key) {
    return CborWriter.tag(
        18,
        CborWriter.sign1(
            name, ES384, payload, covered -> Crypto.signP384(key.getPrivate(), covered), hook));
  }

  static byte[] coseKey(KeyPair key) {
    byte[] point = Crypto.point(key.getPublic(), 48);
    return CborWriter.map(
        CborWriter.integer(1), CborWriter.integer(2),
        CborWriter.integer(-1), CborWriter.integer(2),
        CborWriter.integer(-2), CborWriter.bytes(Arrays.copyOf(point, 48)),
        CborWriter.integer(-3), CborWriter.bytes(Arrays.copyOfRange(point, 48, 96)));
  }

  /** SubjectPublicKeyInfo of the platform's attestation key, DER. */
  public byte[] platformPublicKey() {
    return platformKey.getPublic().getEncoded();
  }
}
