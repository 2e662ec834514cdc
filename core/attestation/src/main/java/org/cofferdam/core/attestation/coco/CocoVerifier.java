// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.coco;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.attestation.Bindings;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.attestation.FormatVerifier;
import org.cofferdam.core.attestation.Rule;
import org.cofferdam.core.attestation.Rules;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.coco.CocoEvidence;

/**
 * Evidence of a CPU and its devices. The CPU's evidence covers the devices' text, and the devices
 * answer a challenge made of the same nonce and key: a device of another guest fits neither.
 */
public final class CocoVerifier implements FormatVerifier {
  private static final Rule PRIMARY =
      Rule.proof(
          "coco.primary",
          "Only the CPU's evidence can tie devices to the guest.",
          "Send primary evidence of a supported TEE.");
  private static final Rule DEVICE =
      Rule.proof(
          "coco.device",
          "A device that nobody can look at must not pass for one that was.",
          "Leave the device out, or send evidence of a supported one.");
  private static final Rule BINDING =
      Rule.proof(
          "coco.binding",
          "Without nonce and key nothing ties the devices to the CPU.",
          "Send the whole request with its runtime data.");

  private static final int NONCE_OF_DEVICE = 32;

  private final List<FormatVerifier> cpus;
  private final List<FormatVerifier> devices;

  /**
   * @param cpus verifiers of what primary evidence may be
   * @param devices verifiers of what additional evidence may be
   */
  public CocoVerifier(List<FormatVerifier> cpus, List<FormatVerifier> devices) {
    this.cpus = List.copyOf(cpus);
    this.devices = List.copyOf(devices);
  }

  @Override
  public String kind() {
    return "coco-evidence";
  }

  @Override
  public boolean recognises(Evidence evidence) {
    Bytes content = evidence.first().content();
    if (content.length() == 0 || content.at(0) != '{') {
      return false;
    }
    try {
      return CocoEvidence.looksLike(Json.parse(content.toArray()));
    } catch (MalformedEvidenceException e) {
      return false;
    }
  }

  @Override
  public void verify(Evidence evidence, Context context) {
    CocoEvidence coco = CocoEvidence.parse(Json.parse(evidence.first().content().toArray()));
    Findings findings = context.findings();
    boolean request = coco.nonce() != null;
    if (request) {
      nonce(coco, context);
    }
    primary(coco, request, context);
    for (Map.Entry<String, Json> device : coco.devices().entrySet()) {
      Evidence one = evidence(device.getValue());
      Optional<FormatVerifier> format = devices.stream().filter(f -> f.recognises(one)).findFirst();
      if (!findings.check(
          DEVICE,
          format.isPresent(),
          "a supported device",
          format.map(FormatVerifier::kind).orElse("unknown: " + device.getKey()))) {
        continue;
      }
      if (request) {
        format.get().verify(one, bound(context, coco.deviceDigest().slice(0, NONCE_OF_DEVICE)));
      } else {
        findings.missing(BINDING, "runtime data");
      }
    }
  }

  private void primary(CocoEvidence coco, boolean request, Context context) {
    Evidence primary = evidence(coco.primary());
    Optional<FormatVerifier> format = cpus.stream().filter(f -> f.recognises(primary)).findFirst();
    if (!context
        .findings()
        .check(
            PRIMARY,
            format.isPresent(),
            "evidence of a supported CPU",
            format.map(FormatVerifier::kind).orElse("unknown"))) {
      return;
    }
    if (!request) {
      format.get().verify(primary, context);
      return;
    }
    Bytes digest = coco.primaryDigest();
    // A TPM's extra data holds 32 bytes.
    boolean tpm = format.get().kind().equals("tpm-quote");
    format.get().verify(primary, bound(context, tpm ? digest.slice(0, 32) : digest));
  }

  /** The broker's challenge is text, in base64 of what the relying party chose. */
  private static void nonce(CocoEvidence coco, Context context) {
    Bytes expected = context.expectations().nonce();
    if (expected == null) {
      Bindings.noChallenge(context);
      return;
    }
    String nonce = String.valueOf(coco.nonce());
    Bytes text = Bytes.of(nonce.getBytes(StandardCharsets.UTF_8));
    Bytes decoded;
    try {
      decoded = Bytes.of(Base64.getDecoder().decode(nonce));
    } catch (IllegalArgumentException e) {
      decoded = text;
    }
    context
        .findings()
        .check(
            Rules.NONCE,
            expected.length() > 0 && (expected.equals(decoded) || expected.equals(text)),
            expected.hex(),
            nonce);
  }

  private static Context bound(Context context, Bytes challenge) {
    return new Context(
        context.expectations().withKind(null).withReportData(null).withNonce(challenge),
        context.endorsements(),
        context.signatures(),
        context.findings());
  }

  /** Quotes stand in base64 in a member of their own, with the event log beside them. */
  private static Evidence evidence(Json json) {
    if (json instanceof Json.Obj o && o.get("quote").isPresent()) {
      List<Document> documents = new ArrayList<>();
      documents.add(new Document("quote", base64(o, "quote")));
      if (o.get("cc_eventlog").filter(l -> l != Json.Null.NULL).isPresent()) {
        documents.add(new Document("cc_eventlog", base64(o, "cc_eventlog")));
      }
      return new Evidence(documents);
    }
    return Evidence.of(json.write().getBytes(StandardCharsets.UTF_8));
  }

  private static Bytes base64(Json.Obj o, String name) {
    try {
      return Bytes.of(Base64.getDecoder().decode(o.string(name)));
    } catch (IllegalArgumentException e) {
      throw new MalformedEvidenceException("CoCo evidence", name, -1, "is not base64");
    }
  }
}
