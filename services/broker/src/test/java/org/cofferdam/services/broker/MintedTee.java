// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.quality.foundry.EnclaveIdentityOf;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestAmd;
import org.cofferdam.quality.foundry.TestCca;
import org.cofferdam.quality.foundry.TestCove;
import org.cofferdam.quality.foundry.TestIntel;
import org.cofferdam.quality.foundry.TestNitro;

/**
 * A TEE whose evidence the foundry makes.
 *
 * @param wire its name in the protocol
 * @param anchors the keys behind it
 * @param collateral what its verifier needs besides
 * @param claim where its evidence tells what runs
 * @param value what that must be
 * @param waived rules of the verification policy that nothing minted can keep
 * @param evidence over 48 bytes of report data
 */
record MintedTee(
    String wire,
    List<TrustAnchor> anchors,
    List<Document> collateral,
    String claim,
    Json value,
    List<String> waived,
    Function<byte[], Json> evidence) {
  private static final byte[] MEASUREMENT = filled(48);

  static List<MintedTee> all(Instant now) {
    TestIntel intel = new TestIntel(now, Hook.none());
    TestAmd amd =
        new TestAmd(
            TestAmd.Keys.generate(),
            new TestAmd.Machine("Genoa", 5, false),
            now.minusSeconds(3600),
            Hook.none());
    TestCca cca = new TestCca(Hook.none());
    TestCove cove = new TestCove(Hook.none());
    TestNitro nitro = new TestNitro(now.minusSeconds(60), Hook.none());
    return List.of(
        sgx(intel),
        tdx(intel),
        snp(amd),
        new MintedTee(
            "cca",
            anchor("arm-cca", cca.platformPublicKey()),
            List.of(),
            "/cca/realm/cca-realm-initial-measurement",
            Json.of("00".repeat(32)),
            List.of(),
            data -> Json.object().put("token", numbers(cca.token(pad(data)))).build()),
        new MintedTee(
            "cove",
            anchor("riscv-cove", cove.rootPublicKey()),
            List.of(),
            "/cove/tvm/initial-measurements/0/value",
            Json.of(Bytes.of("cove".getBytes(StandardCharsets.UTF_8)).sha256().hex()),
            List.of("cove.draft"),
            data -> Json.object().put("token", base64(cove.token(pad(data)))).build()),
        new MintedTee(
            "nitro",
            anchor("aws-nitro", nitro.rootPublicKey()),
            List.of(),
            "/nitro/pcrs/0",
            Json.of(Hex.encode(MEASUREMENT)),
            List.of(),
            data ->
                Json.object()
                    .put("document", base64(nitro.document(now, data, MEASUREMENT)))
                    .build()));
  }

  static MintedTee tdx(TestIntel intel) {
    return new MintedTee(
        "tdx",
        anchor("intel-sgx", intel.root().publicKey()),
        List.of(Document.of("tdx-collateral", intel.collateral(true))),
        "/tdx/mrtd",
        Json.of(Hex.encode(MEASUREMENT)),
        List.of(),
        data ->
            Json.object()
                .put(
                    "quote",
                    base64(
                        intel.tdxQuote(
                            MEASUREMENT,
                            List.of(filled(48), filled(48), filled(48), filled(48)),
                            pad(data))))
                .put("cc_eventlog", Json.Null.NULL)
                .build());
  }

  static MintedTee snp(TestAmd amd) {
    return new MintedTee(
        "snp",
        anchor("amd-ark-genoa", amd.rootPublicKey()),
        List.of(
            Document.of("amd-root", amd.rootCertificate()),
            Document.of("amd-crl", amd.revocationList(List.of(BigInteger.TEN)))),
        "/snp/measurement",
        Json.of(Hex.encode(MEASUREMENT)),
        List.of(),
        data -> Json.parse(amd.json(pad(data), MEASUREMENT).getBytes(StandardCharsets.UTF_8)));
  }

  private static MintedTee sgx(TestIntel intel) {
    return new MintedTee(
        "sgx",
        anchor("intel-sgx", intel.root().publicKey()),
        List.of(Document.of("sgx-collateral", intel.collateral(false))),
        "/sgx/mrenclave",
        Json.of(Hex.encode(filled(32))),
        List.of(),
        data ->
            Json.object()
                .put(
                    "quote",
                    base64(
                        intel.sgxQuote(
                            new EnclaveIdentityOf(
                                filled(32),
                                filled(32),
                                1,
                                1,
                                EnclaveIdentityOf.PRODUCTION,
                                pad(data)))))
                .build());
  }

  private static List<TrustAnchor> anchor(String use, byte[] key) {
    return List.of(
        new TrustAnchor("foundry-" + use, use, Bytes.of(key), TrustAnchor.Origin.DEVELOPMENT));
  }

  private static byte[] pad(byte[] data) {
    return Arrays.copyOf(data, 64);
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0x5a);
    return bytes;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static Json numbers(byte[] bytes) {
    List<Json> numbers = new ArrayList<>();
    for (byte b : bytes) {
      numbers.add(Json.of(b & 0xff));
    }
    return Json.array(numbers);
  }

  @Override
  public String toString() {
    return wire;
  }
}
