// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferdam.core.attestation.Minted.FROM;
import static org.cofferdam.core.attestation.Minted.failed;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.cofferdam.core.attestation.DevelopmentEvidence;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Minted;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.Refused;
import org.cofferdam.core.attestation.Undecided;
import org.cofferdam.core.attestation.VerificationResult;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestAmd;
import org.cofferdam.quality.foundry.TestCca;
import org.cofferdam.quality.foundry.TestCove;
import org.cofferdam.quality.foundry.TestGpu;
import org.cofferdam.quality.foundry.TestNitro;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For each kind: good evidence passes, and every rule has a case in which only it fails. */
class TokenRulesTest {
  private static final byte[] NONCE = Minted.count(32);
  private static final byte[] MEASUREMENT = Minted.count(48);
  private static final Instant SOON = FROM.plusSeconds(3600);

  private static Expectations fresh() {
    return Minted.expect(SOON, Policy.genuine()).withNonce(Bytes.of(NONCE));
  }

  private static VerificationResult nitro(Hook hook, Expectations expectations) {
    TestNitro nitro = new TestNitro(FROM, hook);
    return Minted.verify(
        nitro.rootPublicKey(), expectations, nitro.document(SOON, NONCE, MEASUREMENT));
  }

  @Test
  void nitroGood() {
    assertThat(failed(nitro(Hook.none(), fresh()))).isEmpty();
    assertThat(nitro(Hook.none(), fresh())).isInstanceOf(DevelopmentEvidence.class);
  }

  @ParameterizedTest
  @CsvSource({
    "nitro.signature, nitro.signature",
    "enclave.signature, nitro.chain",
    "region.signature, nitro.chain",
  })
  void nitroSignatures(String field, String check) {
    assertThat(failed(nitro(Hook.flip(field), fresh()))).containsExactly(check);
  }

  @ParameterizedTest
  @CsvSource({
    "nitro.module_id, 60",
    "nitro.digest, 66534841323536",
    "nitro.timestamp, 00",
    "nitro.pcrs, a0",
    "nitro.pcrs, a1182041ff",
    "nitro.cabundle, 80",
    "nitro.user_data, 01",
    "nitro.certificate, 40",
  })
  void nitroStructure(String field, String replacement) {
    assertThat(failed(nitro(Hook.replace(field, Hex.decode(replacement)), fresh())))
        .containsExactly("nitro-document.structure");
  }

  @Test
  void nitroRules() {
    assertThat(failed(nitro(Hook.none(), fresh().withNonce(Bytes.of(MEASUREMENT)))))
        .containsExactly("binding.nonce");
    assertThat(failed(nitro(Hook.none(), fresh().withReportData(Bytes.EMPTY))))
        .containsExactly("binding.report-data");
    TestNitro nitro = new TestNitro(FROM, Hook.none());
    assertThat(
            failed(
                Minted.verify(
                    nitro.rootPublicKey(), fresh(), nitro.document(SOON, NONCE, new byte[48]))))
        .containsExactly("nitro.debug");
    assertThat(
            failed(
                Minted.verify(
                    nitro.rootPublicKey(),
                    fresh(),
                    nitro.document(SOON.plusSeconds(900), NONCE, MEASUREMENT))))
        .containsExactly("nitro.timestamp");
    assertThat(
            failed(
                Minted.verify(
                    nitro.rootPublicKey(), fresh(), nitro.document(SOON, null, MEASUREMENT))))
        .containsExactly("binding.nonce");
    assertThat(failed(nitro(Hook.none(), Minted.expect().withNonce(Bytes.of(NONCE)))))
        .containsExactlyInAnyOrder("nitro.validity", "nitro.timestamp");
    assertThat(failed(nitro(Hook.replace("region.extensions", new byte[0]), fresh())))
        .containsExactly("nitro.constraints");
  }

  private static VerificationResult cca(Hook hook) {
    TestCca cca = new TestCca(hook);
    return Minted.verify(cca.platformPublicKey(), fresh(), cca.token(NONCE));
  }

  @Test
  void ccaGood() {
    assertThat(cca(Hook.none())).isInstanceOf(DevelopmentEvidence.class);
  }

  @ParameterizedTest
  @CsvSource({
    "platform.signature, , cca.platform.signature",
    "realm.signature, , cca.realm.signature",
    "platform.challenge, , cca.binding",
    "platform.lifecycle, 195000, cca.platform.lifecycle",
    "realm.challenge, , binding.nonce",
    "realm.key-hash, 647368612d, cca.binding",
    "platform.profile, 6161, cca-token.structure",
    "realm.profile, 6161, cca-token.structure",
    "platform.instance-id, 4101, cca-token.structure",
    "realm.extensible, 80, cca-token.structure",
    "platform.components, 80, cca-token.structure",
  })
  void ccaRules(String field, String replacement, String check) {
    Hook hook =
        replacement == null ? Hook.flip(field) : Hook.replace(field, Hex.decode(replacement));
    VerificationResult result = cca(hook);
    assertThat(result).isInstanceOf(Refused.class);
    assertThat(failed(result)).containsExactly(check);
  }

  @ParameterizedTest
  @CsvSource({
    "platform.challenge",
    "platform.lifecycle",
    "realm.challenge",
    "realm.key",
    "realm.initial",
  })
  void ccaMissingClaims(String field) {
    assertThat(failed(cca(Hook.replace(field, new byte[0]))))
        .containsExactly("cca-token.structure");
  }

  private static VerificationResult cove(Hook hook) {
    TestCove cove = new TestCove(hook);
    return Minted.verify(cove.rootPublicKey(), fresh(), cove.token(NONCE));
  }

  @Test
  void coveGoodAndMarkedAsDraft() {
    VerificationResult result = cove(Hook.none());
    assertThat(result).isInstanceOf(DevelopmentEvidence.class);
    assertThat(result.report().insecure()).contains("cove.draft");
  }

  @ParameterizedTest
  @CsvSource({
    "platform.signature, , cove.platform.signature",
    "tsm.signature, , cove.tsm.signature",
    "tvm.signature, , cove.tvm.signature",
    "platform.state, 03, cove.platform.state",
    "platform.state, 00, cove-token.structure",
    "platform.state, 05, cove-token.structure",
    "tvm.challenge, , binding.nonce",
    "tvm.runtime, 01, cove-token.structure",
  })
  void coveRules(String field, String replacement, String check) {
    Hook hook =
        replacement == null ? Hook.flip(field) : Hook.replace(field, Hex.decode(replacement));
    assertThat(failed(cove(hook))).containsExactly(check);
  }

  @Test
  void coveKeysThatVouchForSomeoneElse() {
    assertThat(failed(cove(Hook.replace("platform.key", TestCove.strangeKey()))))
        .containsExactly("cove.tsm.signature");
    assertThat(failed(cove(Hook.replace("tsm.key", TestCove.strangeKey()))))
        .containsExactly("cove.tvm.signature");
  }

  private static VerificationResult gpu(Hook hook) {
    TestGpu gpu = new TestGpu(FROM, hook);
    return Minted.verify(
        gpu.rootPublicKey(),
        fresh(),
        gpu.report(NONCE),
        gpu.chain().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void gpuGood() {
    VerificationResult result = gpu(Hook.none());
    assertThat(failed(result)).isEmpty();
    assertThat(result).isInstanceOf(DevelopmentEvidence.class);
    assertThat(result.report().insecure()).contains("nvidia.ocsp", "nvidia.rim");
  }

  @ParameterizedTest
  @CsvSource({
    "report.signature, nvidia.report.signature",
    "leaf.signature, nvidia.chain",
    "product.signature, nvidia.chain",
    "leaf.fwid, nvidia.fwid",
    "report.nonce, binding.nonce",
    "report.specification, nvidia-report.structure",
    "report.block-size, nvidia-report.structure",
    "report.value-size, nvidia-report.structure",
    "report.record-length-top, nvidia-report.structure",
    "report.blocks, nvidia-report.structure",
  })
  void gpuRules(String field, String check) {
    assertThat(failed(gpu(Hook.flip(field)))).containsExactly(check);
  }

  @Test
  void gpuWithoutFirmwareIdOrChain() {
    VerificationResult result = gpu(Hook.replace("report.with-fwid", new byte[0]));
    assertThat(failed(result)).isEmpty();
    assertThat(result.report().insecure()).contains("nvidia.fwid-bound");
    TestGpu gpu = new TestGpu(FROM, Hook.none());
    assertThat(Minted.verify(gpu.rootPublicKey(), fresh(), gpu.report(NONCE)))
        .isInstanceOf(Undecided.class);
  }

  @Test
  void compositeBindsDevicesToTheMachine() {
    TestGpu gpu = new TestGpu(FROM, Hook.none());
    TestAmd amd =
        new TestAmd(
            TestAmd.Keys.generate(), new TestAmd.Machine("Genoa", 5, false), FROM, Hook.none());
    Json.Obj key = Json.object().put("kty", "EC").build();
    String nonce = Base64.getEncoder().encodeToString(NONCE);
    Json.Obj runtime = Json.object().put("nonce", nonce).put("tee-pubkey", key).build();
    byte[] deviceNonce = Bytes.of(runtime.canonical()).sha384().slice(0, 32).toArray();
    String devices = devices(gpu, deviceNonce);
    Bytes digest =
        Bytes.of(
                Json.object()
                    .put("additional-evidence", devices)
                    .put("nonce", nonce)
                    .put("tee-pubkey", key)
                    .build()
                    .canonical())
            .sha384();
    byte[] good = request(runtime, devices, amd, digest.toArray());
    assertThat(composite(gpu, amd, good)).isInstanceOf(DevelopmentEvidence.class);

    String foreign = devices(gpu, NONCE);
    assertThat(failed(composite(gpu, amd, request(runtime, foreign, amd, digest.toArray()))))
        .containsExactly("binding.nonce");
    String unknown = "{\"sampledevice\":{}}";
    assertThat(failed(composite(gpu, amd, request(runtime, unknown, amd, digest.toArray()))))
        .containsExactly("binding.nonce", "coco.device");
    VerificationResult loose =
        composite(
            gpu,
            amd,
            Json.object()
                .put("primary_evidence", snp(amd, NONCE))
                .put("additional_evidence", devices)
                .build()
                .canonical());
    assertThat(loose).isInstanceOf(Undecided.class);
  }

  private static VerificationResult composite(TestGpu gpu, TestAmd amd, byte[] request) {
    return Minted.verify(List.of(gpu.rootPublicKey(), amd.rootPublicKey()), fresh(), request);
  }

  private static String devices(TestGpu gpu, byte[] nonce) {
    Base64.Encoder encoder = Base64.getEncoder();
    Json.Obj device =
        Json.object()
            .put("arch", "Hopper")
            .put("uuid", "GPU-1")
            .put("evidence", encoder.encodeToString(gpu.report(nonce)))
            .put(
                "certificate", encoder.encodeToString(gpu.chain().getBytes(StandardCharsets.UTF_8)))
            .build();
    return Json.object()
        .put(
            "nvidia",
            Json.object().put("device_evidence_list", Json.array(List.of(device))).build())
        .build()
        .write();
  }

  private static byte[] request(Json.Obj runtime, String devices, TestAmd amd, byte[] digest) {
    return Json.object()
        .put("init-data", Json.Null.NULL)
        .put("runtime-data", runtime)
        .put(
            "tee-evidence",
            Json.object()
                .put("primary_evidence", snp(amd, digest))
                .put("additional_evidence", devices)
                .build())
        .build()
        .canonical();
  }

  /** The report as JSON, with the foundry's own idea of where each field lies. */
  private static Json snp(TestAmd amd, byte[] reportData) {
    return Json.parse(amd.json(reportData, MEASUREMENT).getBytes(StandardCharsets.UTF_8));
  }
}
