// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.attestation.ear.EarToken;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.bytes.x509.Pem;
import org.cofferdam.core.evidence.azure.HclReport;
import org.cofferdam.core.evidence.cca.CcaToken;
import org.cofferdam.core.evidence.confidentialspace.ConfidentialSpaceToken;
import org.cofferdam.core.evidence.cove.CoveToken;
import org.cofferdam.core.evidence.dcap.Quote;
import org.cofferdam.core.evidence.eventlog.Event;
import org.cofferdam.core.evidence.eventlog.EventLog;
import org.cofferdam.core.evidence.eventlog.EventMeaning;
import org.cofferdam.core.evidence.eventlog.EventReplay;
import org.cofferdam.core.evidence.eventlog.EventType;
import org.cofferdam.core.evidence.gce.GceAttestation;
import org.cofferdam.core.evidence.nitro.NitroDocument;
import org.cofferdam.core.evidence.nvidia.NvidiaReport;
import org.cofferdam.core.evidence.ratls.RaTlsCertificate;
import org.cofferdam.core.evidence.snp.SnpJsonEvidence;
import org.cofferdam.core.evidence.snp.SnpReport;
import org.cofferdam.core.evidence.tpm.TpmAttest;
import org.cofferdam.core.evidence.tpm.TpmHash;
import org.cofferdam.core.evidence.uvm.UvmEndorsement;

/** Every field of evidence, as data. Nothing is verified. */
public final class Inspector {
  private static final int SNP_RESPONSE_HEAD = 0x20;

  private Inspector() {}

  /**
   * The fields by their specification's names. A composite gives those of its main document.
   *
   * @param kind as {@link Verifier#recognise} names it
   * @throws MalformedEvidenceException where the evidence is not of this kind
   */
  public static Json.Obj fields(String kind, Evidence evidence) {
    MalformedEvidenceException first = null;
    for (Document document : evidence.documents()) {
      try {
        return fields(kind, document.content());
      } catch (MalformedEvidenceException e) {
        first = first == null ? e : first;
      }
    }
    throw first == null ? unknown(kind) : first;
  }

  private static Json.Obj fields(String kind, Bytes content) {
    return switch (kind) {
      case "sgx-quote", "tdx-quote" -> Quote.parse(content).fields();
      case "snp-report" -> snp(content).fields();
      case "cca-token" -> CcaToken.parse(content).fields();
      case "cove-token" -> CoveToken.parse(content).fields();
      case "gcp-vtpm" ->
          GceAttestation.looksLike(content)
              ? GceAttestation.parse(content).fields()
              : TpmAttest.parse(attest(content)).fields();
      case "tpm-quote" -> TpmAttest.parse(attest(content)).fields();
      case "azure-vtpm" -> HclReport.parse(content).fields();
      case "nitro-document" -> NitroDocument.parse(content).fields();
      case "nvidia-report" -> NvidiaReport.parse(content).fields();
      case "uvm-endorsement" -> UvmEndorsement.parse(content).fields();
      case "gcp-confidential-space" -> ConfidentialSpaceToken.parse(content).fields();
      case "ra-tls-certificate" -> RaTlsCertificate.parse(certificate(content)).fields();
      case "ear" -> EarToken.parse(content).fields();
      case "eventlog" -> replay(EventLog.parse(content), Optional.empty());
      case "coco-evidence" -> Json.parse(content.toArray()).asObject("coco-evidence");
      default -> throw unknown(kind);
    };
  }

  private static MalformedEvidenceException unknown(String kind) {
    return new MalformedEvidenceException("evidence", "kind", -1, "is unknown: " + kind);
  }

  private static SnpReport snp(Bytes content) {
    if (content.length() > 0 && content.at(0) == '{') {
      return SnpJsonEvidence.parse(Json.parse(content.toArray())).report();
    }
    int end = SNP_RESPONSE_HEAD + SnpReport.LENGTH;
    return SnpReport.parse(
        content.length() > end ? content.slice(SNP_RESPONSE_HEAD, end) : content);
  }

  private static Bytes attest(Bytes content) {
    if (content.length() == 0 || content.at(0) != '{') {
      return content;
    }
    Json.Obj quote = Json.parse(content.toArray()).asObject("TPM evidence").object("tpm_quote");
    try {
      return Bytes.of(java.util.Base64.getDecoder().decode(quote.string("message")));
    } catch (IllegalArgumentException e) {
      throw new MalformedEvidenceException("TPM evidence", "message", -1, "is no base64");
    }
  }

  private static Certificate certificate(Bytes content) {
    if (content.length() > 0 && content.at(0) == '-') {
      String text = new String(content.toArray(), java.nio.charset.StandardCharsets.ISO_8859_1);
      List<Certificate> all = Pem.certificates(text);
      if (all.isEmpty()) {
        throw new MalformedEvidenceException("PEM", "text", -1, "holds no certificate");
      }
      return all.getFirst();
    }
    return Certificate.parse(content);
  }

  /**
   * The document of {@code eventlog replay}.
   *
   * @param bank the only bank to replay, or all that the log has
   */
  public static Json.Obj replay(EventLog log, Optional<TpmHash> bank) {
    List<TpmHash> banks = new ArrayList<>();
    for (TpmHash hash : TpmHash.values()) {
      if (EventReplay.has(log, hash) && (bank.isEmpty() || bank.get() == hash)) {
        banks.add(hash);
      }
    }
    List<Json> events = new ArrayList<>();
    for (Event event : log.events()) {
      events.add(event(event, banks));
    }
    Json.Builder registers = Json.object();
    for (TpmHash hash : banks) {
      Json.Builder values = Json.object();
      EventReplay.registers(log, hash)
          .forEach((register, value) -> values.put(register.toString(), value.hex()));
      registers.put(hash.bank(), values.build());
    }
    return Json.object()
        .put("format", log.format())
        .put("events", Json.array(events))
        .put("registers", registers.build())
        .build();
  }

  private static Json event(Event event, List<TpmHash> banks) {
    Json.Builder digests = Json.object();
    event.digests().forEach((hash, digest) -> digests.put(hash.bank(), digest.hex()));
    String digest =
        banks.stream()
            .map(b -> event.digests().get(b))
            .filter(d -> d != null)
            .map(Bytes::hex)
            .reduce("", (a, b) -> b);
    return Json.object()
        .put("index", event.index())
        .put("register", event.register())
        .put("type", EventType.name(event.type()))
        .put("digest", digest)
        .put("digests", digests.build())
        .put(
            "matches", EventMeaning.matches(event).<Json>map(Json.Bool::new).orElse(Json.Null.NULL))
        .put("details", EventMeaning.details(event))
        .build();
  }
}
