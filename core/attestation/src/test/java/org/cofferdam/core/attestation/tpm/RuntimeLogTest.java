// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferdam.core.attestation.Minted.failed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.attestation.VerificationResult;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.json.JsonPointer;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestTpm;
import org.junit.jupiter.api.Test;

/** What the running system measured: believed where it replays, and only what digests cover. */
class RuntimeLogTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final byte[] NONCE = {1, 2, 3};

  private static VerificationResult verify(TestTpm tpm) {
    TrustAnchor anchor =
        new TrustAnchor(
            "foundry", "tpm-ek", Bytes.of(tpm.root().publicKey()), TrustAnchor.Origin.DEVELOPMENT);
    return Verifier.create(
            new JcaSignatureEngine(),
            Endorsements.of(
                new TrustAnchors(List.of(anchor)),
                List.of(Document.of("root", tpm.root().certificate()))))
        .verify(
            Evidence.of(tpm.evidence(NONCE, new byte[0])),
            Expectations.at(NOW, Policy.genuine())
                .withNonce(Bytes.of(NONCE))
                .withDevelopment(true));
  }

  private static TestTpm boot(Hook hook) {
    TestTpm tpm = new TestTpm(NOW.minusSeconds(60), hook);
    tpm.measure(4, 0x5, ascii("Calling EFI Application"));
    return tpm;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Template data of ima-ng, made apart from the parser. */
  private static byte[] template(byte[] fileDigest, String path) {
    byte[] name = (path + "\0").getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(4 + 8 + 32 + 4 + name.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(40)
        .put(ascii("sha256:\0"))
        .put(fileDigest)
        .putInt(name.length)
        .put(name)
        .array();
  }

  private static TestTpm withIma(Hook hook) {
    return withIma(hook, "/usr/bin/env");
  }

  private static TestTpm withIma(Hook hook, String path) {
    byte[] file = Bytes.of(ascii("content")).sha256().toArray();
    Bytes first = Bytes.of(template(file, path));
    String list =
        "10 %s ima-ng sha256:%s %s\n".formatted(first.sha256().hex(), Bytes.of(file).hex(), path);
    TestTpm tpm = boot(hook);
    tpm.measureLater(
        "ima_log", list.getBytes(StandardCharsets.UTF_8), 10, first.sha256().toArray());
    return tpm;
  }

  @Test
  void anImaListThatReplaysIsPublished() {
    VerificationResult result = verify(withIma(Hook.none()));
    assertThat(failed(result)).isEmpty();
    assertThat(JsonPointer.find(result.report().claims(), "/runtime/ima/0").orElseThrow().write())
        .contains("/usr/bin/env", "\"matches\":true");
  }

  /** The second octet of this letter in UTF-8 is an end of line in Latin 1. */
  @Test
  void aFileMayHaveANameInUtf8() {
    VerificationResult result = verify(withIma(Hook.none(), "/srv/\u00c5rhus"));
    assertThat(failed(result)).isEmpty();
    assertThat(JsonPointer.find(result.report().claims(), "/runtime/ima/0").orElseThrow().write())
        .contains("\"matches\":true");
  }

  @Test
  void anImaListOfAnotherSystemDoesNotReplay() {
    VerificationResult result =
        verify(
            withIma(
                Hook.change(
                    "runtime.ima_log",
                    v -> ascii(new String(v, StandardCharsets.US_ASCII).replace("10 ", "11 ")))));
    assertThat(failed(result)).containsExactly("tpm.eventlog.replay");
  }

  @Test
  void aRenamedFileIsMarkedThoughItsHashReplays() {
    VerificationResult result =
        verify(
            withIma(
                Hook.change(
                    "runtime.ima_log",
                    v -> ascii(new String(v, StandardCharsets.US_ASCII).replace("env", "evn")))));
    assertThat(failed(result)).isEmpty();
    assertThat(JsonPointer.find(result.report().claims(), "/runtime/ima/0/matches").orElseThrow())
        .isEqualTo(org.cofferdam.core.bytes.json.Json.of(false));
  }

  @Test
  void anUnknownTemplateIsRefused() {
    VerificationResult result =
        verify(withIma(Hook.replace("runtime.ima_log", ascii("10 " + "00".repeat(20) + " x y\n"))));
    assertThat(failed(result)).containsExactly("tpm-quote.structure");
  }

  @Test
  void systemdsPhasesFollowTheFirmwaresLog() {
    byte[] phase = ascii("enter-initrd");
    String digest = Bytes.of(phase).sha256().hex();
    String record =
        "\u001e{\"pcr\":11,\"digests\":[{\"hashAlg\":\"sha256\",\"digest\":\"%s\"}],"
                .formatted(digest)
            + "\"content_type\":\"systemd\",\"content\":{\"string\":\"enter-initrd\","
            + "\"eventType\":\"phase\"}}\n";
    TestTpm tpm = boot(Hook.none());
    tpm.measureLater("systemd_log", ascii(record), 11, Bytes.of(phase).sha256().toArray());
    VerificationResult result = verify(tpm);
    assertThat(failed(result)).isEmpty();
    assertThat(
            JsonPointer.find(result.report().claims(), "/runtime/systemd/0").orElseThrow().write())
        .contains("enter-initrd", "phase", "\"matches\":true");
  }

  /** systemd's stub names a section, then measures its bytes under the same name. */
  @Test
  void sectionsOfAUnifiedKernelImage() {
    TestTpm tpm = boot(Hook.none());
    byte[] linux = Bytes.of(ascii("a kernel")).sha256().toArray();
    byte[] name = ".linux\0".getBytes(StandardCharsets.UTF_16LE);
    tpm.extend(11, 0xd, Bytes.of(ascii(".linux\0")).sha256().toArray(), name);
    tpm.extend(11, 0xd, linux, name);
    VerificationResult result = verify(tpm);
    assertThat(JsonPointer.find(result.report().claims(), "/boot/uki").orElseThrow().write())
        .isEqualTo("{\".linux\":\"" + Bytes.of(linux).hex() + "\"}");
  }

  /** An event cannot leave the list of the unexplained by another type: types are not measured. */
  @Test
  void aChangedTypeHidesNoEvent() {
    for (int type : new int[] {0x6, 0xd, 0x80000003, 0x12345678}) {
      TestTpm tpm = boot(Hook.none());
      tpm.extend(9, type & 0xffffffffL, new byte[32], ascii("not what was measured"));
      VerificationResult result = verify(tpm);
      assertThat(failed(result)).isEmpty();
      assertThat(
              JsonPointer.find(result.report().claims(), "/boot/unexplained/0/register")
                  .orElseThrow()
                  .write())
          .isEqualTo("9");
    }
  }

  /** An entry of a register that the quote leaves out is what someone wrote. */
  @Test
  void anEntryOfARegisterThatIsNotQuotedIsNotPublished() {
    byte[] pcr4 = Bytes.ofHex("100000").toArray();
    TestTpm tpm =
        withIma(
            (name, value) ->
                switch (name) {
                  case "attest.select" -> pcr4;
                  case "attest.pcr-digest" ->
                      Bytes.of(register(ascii("Calling EFI Application"))).sha256().toArray();
                  default -> value;
                });
    VerificationResult result = verify(tpm);
    assertThat(failed(result)).isEmpty();
    assertThat(JsonPointer.find(result.report().claims(), "/boot/events").orElseThrow().write())
        .isEqualTo("1");
    assertThat(JsonPointer.find(result.report().claims(), "/runtime/ima").orElseThrow().write())
        .isEqualTo("[]");
  }

  /** Value of a register that was extended once. */
  private static byte[] register(byte[] event) {
    return Bytes.concat(Bytes.of(new byte[32]), Bytes.of(event).sha256()).sha256().toArray();
  }

  /**
   * A quote may choose banks: here SHA-256 for PCR 0 alone, and for the others one that no log is
   * replayed in. What the log says of them, a lie or not, is then no claim.
   */
  @Test
  void aRegisterQuotedOnlyInABankWithoutReplayGivesNoClaim() {
    byte[] select = Bytes.ofHex("010000" + "0012" + "03" + "feff00").toArray();
    TestTpm tpm =
        withIma(
            (name, value) ->
                switch (name) {
                  case "attest.selections" -> new byte[] {0, 0, 0, 2};
                  case "attest.select" -> select;
                  case "log.event.digest" -> new byte[32];
                  default -> value;
                });
    VerificationResult result = verify(tpm);
    assertThat(failed(result)).isEmpty();
    assertThat(JsonPointer.find(result.report().claims(), "/boot/events").orElseThrow().write())
        .isEqualTo("0");
    assertThat(JsonPointer.find(result.report().claims(), "/runtime/ima").orElseThrow().write())
        .isEqualTo("[]");
  }
}
