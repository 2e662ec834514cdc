// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.foundry;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;

/**
 * A TEE as a key broker's guest has one: its evidence in the JSON that such guests send.
 *
 * @param wire its name in the protocol
 * @param use what the key behind it may vouch for
 * @param anchor DER: certificate or SubjectPublicKeyInfo
 * @param collateral what its verifier needs besides, by file name
 * @param claim JSON pointer to where its evidence tells what runs
 * @param value what that says
 * @param waived rules of a strict policy that nothing minted can keep
 * @param evidence over at most 64 bytes of report data
 */
public record TestTee(
    String wire,
    String use,
    byte[] anchor,
    Map<String, byte[]> collateral,
    String claim,
    String value,
    List<String> waived,
    Function<byte[], String> evidence) {
  private static final byte[] MEASUREMENT = filled(48);

  /** One of each kind, as of {@code now}. */
  public static List<TestTee> all(Instant now) {
    TestIntel intel = new TestIntel(now, Hook.none());
    TestAmd amd =
        new TestAmd(
            TestAmd.Keys.generate(),
            new TestAmd.Machine("Genoa", 5, false),
            now.minusSeconds(3600),
            Hook.none());
    return List.of(sgx(intel), tdx(intel), snp(amd), cca(), cove(), nitro(now));
  }

  public static TestTee sgx(TestIntel intel) {
    return new TestTee(
        "sgx",
        "intel-sgx",
        intel.root().certificate(),
        Map.of("sgx-collateral.json", intel.collateral(false)),
        "/sgx/mrenclave",
        hex(filled(32)),
        List.of(),
        data ->
            member(
                "quote",
                intel.sgxQuote(
                    new EnclaveIdentityOf(
                        filled(32), filled(32), 1, 1, EnclaveIdentityOf.PRODUCTION, pad(data)))));
  }

  public static TestTee tdx(TestIntel intel) {
    List<byte[]> rtmrs = List.of(filled(48), filled(48), filled(48), filled(48));
    return new TestTee(
        "tdx",
        "intel-sgx",
        intel.root().certificate(),
        Map.of("tdx-collateral.json", intel.collateral(true)),
        "/tdx/mrtd",
        hex(MEASUREMENT),
        List.of(),
        data -> member("quote", intel.tdxQuote(MEASUREMENT, rtmrs, pad(data))));
  }

  public static TestTee snp(TestAmd amd) {
    return new TestTee(
        "snp",
        "amd-ark-genoa",
        amd.rootCertificate(),
        Map.of(
            "amd-root.der",
            amd.rootCertificate(),
            "amd-crl.der",
            amd.revocationList(List.of(BigInteger.TEN))),
        "/snp/measurement",
        hex(MEASUREMENT),
        List.of(),
        data -> amd.json(pad(data), MEASUREMENT));
  }

  private static TestTee cca() {
    TestCca cca = new TestCca(Hook.none());
    return new TestTee(
        "cca",
        "arm-cca",
        cca.platformPublicKey(),
        Map.of(),
        "/cca/realm/cca-realm-initial-measurement",
        "00".repeat(32),
        List.of(),
        data -> "{\"token\":" + numbers(cca.token(pad(data))) + "}");
  }

  private static TestTee cove() {
    TestCove cove = new TestCove(Hook.none());
    return new TestTee(
        "cove",
        "riscv-cove",
        cove.rootPublicKey(),
        Map.of(),
        "/cove/tvm/initial-measurements/0/value",
        hex(Crypto.sha256("cove".getBytes(StandardCharsets.UTF_8))),
        List.of("cove.draft"),
        data -> member("token", cove.token(pad(data))));
  }

  private static TestTee nitro(Instant now) {
    TestNitro nitro = new TestNitro(now.minusSeconds(60), Hook.none());
    return new TestTee(
        "nitro",
        "aws-nitro",
        nitro.rootPublicKey(),
        Map.of(),
        "/nitro/pcrs/0",
        hex(MEASUREMENT),
        List.of(),
        data -> member("document", nitro.document(now, data, MEASUREMENT)));
  }

  private static String member(String name, byte[] bytes) {
    return "{\"" + name + "\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}";
  }

  private static String numbers(byte[] bytes) {
    StringJoiner numbers = new StringJoiner(",", "[", "]");
    for (byte b : bytes) {
      numbers.add(Integer.toString(b & 0xff));
    }
    return numbers.toString();
  }

  private static byte[] pad(byte[] data) {
    return Arrays.copyOf(data, 64);
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0x5a);
    return bytes;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public String toString() {
    return wire;
  }
}
