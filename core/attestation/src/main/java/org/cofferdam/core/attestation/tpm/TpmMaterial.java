// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.tpm;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.bytes.x509.Pem;
import org.cofferdam.core.evidence.eventlog.RuntimeLog;
import org.jspecify.annotations.Nullable;

/**
 * The parts of TPM evidence, still unproven, from either form: the JSON that CoCo guests send, or
 * separate files recognised by content.
 *
 * @param quotes each with a signature
 * @param pcrs register values by size of the bank's digest, then by index
 * @param akPublicArea TPMT_PUBLIC, or null
 * @param akKey SubjectPublicKeyInfo as sent beside it, or null
 * @param certificates in any order, of the attestation key and its issuers
 * @param ekCertificate or null
 * @param eventLog or null
 * @param runtimeLogs IMA list, systemd's log, canonical event log
 * @param credential what activation gave back, or null
 */
public record TpmMaterial(
    List<Bytes> quotes,
    List<Bytes> signatures,
    Map<Integer, Map<Integer, Bytes>> pcrs,
    @Nullable Bytes akPublicArea,
    @Nullable Bytes akKey,
    List<Certificate> certificates,
    @Nullable Certificate ekCertificate,
    @Nullable Bytes eventLog,
    List<Bytes> runtimeLogs,
    @Nullable Bytes credential) {
  private static final String FORMAT = "TPM evidence";
  private static final Bytes ATTEST_MAGIC = Bytes.ofHex("ff544347");

  public TpmMaterial {
    quotes = List.copyOf(quotes);
    signatures = List.copyOf(signatures);
    certificates = List.copyOf(certificates);
    runtimeLogs = List.copyOf(runtimeLogs);
  }

  /** {@code {"tpm_quote": {…}, "ak_public": …, …}}. */
  static TpmMaterial ofJson(Json.Obj json) {
    json.only(
        "tpm_quote",
        "ak_public",
        "ak_public_area",
        "ak_certificate",
        "ek_certificate",
        "eventlog",
        "ima_log",
        "systemd_log",
        "credential");
    Json.Obj quote = json.object("tpm_quote");
    quote.only("signature", "message", "pcrs");
    Map<Integer, Bytes> values = new TreeMap<>();
    List<Json> list = quote.array("pcrs");
    if (list.size() > 24) {
      throw new MalformedEvidenceException(FORMAT, "pcrs", -1, "has more than 24 values");
    }
    int size = 0;
    for (int pcr = 0; pcr < list.size(); pcr++) {
      String hex = list.get(pcr).asString("pcrs");
      if (!hex.isEmpty()) {
        Bytes value = Bytes.ofHex(hex);
        if (size != 0 && value.length() != size) {
          throw new MalformedEvidenceException(FORMAT, "pcrs", -1, "has values of several banks");
        }
        size = value.length();
        values.put(pcr, value);
      }
    }
    Bytes ek = base64(json, "ek_certificate");
    Bytes ak = base64(json, "ak_certificate");
    return new TpmMaterial(
        List.of(required(quote, "message")),
        List.of(required(quote, "signature")),
        Map.of(size, values),
        base64(json, "ak_public_area"),
        base64(json, "ak_public"),
        ak == null ? List.of() : List.of(Certificate.parsePadded(ak)),
        ek == null ? null : Certificate.parsePadded(ek),
        base64(json, "eventlog"),
        Stream.of("ima_log", "systemd_log")
            .flatMap(n -> Optional.ofNullable(base64(json, n)).stream())
            .toList(),
        base64(json, "credential"));
  }

  /** Separate files; endorsements may bring certificates and the key's public area. */
  public static TpmMaterial ofDocuments(List<Document> evidence, List<Document> endorsements) {
    List<Bytes> quotes = new ArrayList<>();
    List<Bytes> signatures = new ArrayList<>();
    Map<Integer, Map<Integer, Bytes>> pcrs = new TreeMap<>();
    List<Certificate> certificates = new ArrayList<>();
    Bytes eventLog = null;
    List<Bytes> runtimeLogs = new ArrayList<>();
    Bytes akPublicArea = null;
    List<Document> all = new ArrayList<>(evidence);
    all.addAll(endorsements);
    for (Document document : all) {
      boolean sent = evidence.contains(document);
      Bytes content = document.content();
      if (sent && isQuote(content)) {
        quotes.add(content);
      } else if (sent && isSignature(content)) {
        signatures.add(content);
      } else if (isPublicArea(content)) {
        akPublicArea = content;
      } else if (sent && isEventLog(content)) {
        eventLog = content;
      } else if (sent && RuntimeLog.looksLike(content)) {
        runtimeLogs.add(content);
      } else if (isCertificate(content)) {
        certificates.add(Certificate.parsePadded(content));
      } else if (isPem(content)) {
        certificates.addAll(Pem.certificates(text(content)));
      } else if (sent && isPcrs(content)) {
        pcrs(Json.parse(content.toArray()).asObject("pcrs"), pcrs);
      }
    }
    return new TpmMaterial(
        quotes,
        signatures,
        pcrs,
        akPublicArea,
        null,
        certificates,
        null,
        eventLog,
        runtimeLogs,
        null);
  }

  /** Quotes of a key that is known from elsewhere. */
  public static TpmMaterial ofParts(
      List<Bytes> quotes,
      List<Bytes> signatures,
      Map<Integer, Map<Integer, Bytes>> pcrs,
      @Nullable Bytes eventLog) {
    return new TpmMaterial(
        quotes, signatures, pcrs, null, null, List.of(), null, eventLog, List.of(), null);
  }

  /** True where the content begins like TPMS_ATTEST. */
  public static boolean isQuote(Bytes content) {
    return ATTEST_MAGIC.isPrefixOf(content);
  }

  private static void pcrs(Json.Obj json, Map<Integer, Map<Integer, Bytes>> pcrs) {
    Map<Integer, Bytes> values = new TreeMap<>();
    int size = 0;
    for (Map.Entry<String, Json> entry : json.members().entrySet()) {
      Bytes value = Bytes.ofHex(entry.getValue().asString("pcrs"));
      if (!entry.getKey().matches("[0-9]|1[0-9]|2[0-3]") || (size != 0 && size != value.length())) {
        throw new MalformedEvidenceException(FORMAT, "pcrs", -1, "is no table of one bank");
      }
      size = value.length();
      values.put(Integer.parseInt(entry.getKey()), value);
    }
    if (pcrs.put(size, values) != null) {
      throw new MalformedEvidenceException(FORMAT, "pcrs", -1, "is there twice for one bank");
    }
  }

  static boolean isPcrs(Bytes content) {
    String text = text(content).strip();
    return text.startsWith("{\"0\"") || text.matches("(?s)\\{\\s*\"0\"\\s*:.*");
  }

  private static boolean isSignature(Bytes content) {
    return content.length() > 8
        && content.at(0) == 0
        && (content.at(1) == 0x14 || content.at(1) == 0x16 || content.at(1) == 0x18)
        && content.at(2) == 0
        && content.at(3) < 0x10;
  }

  private static boolean isPublicArea(Bytes content) {
    return content.length() > 10
        && content.at(0) == 0
        && (content.at(1) == 0x01 || content.at(1) == 0x23)
        && content.at(2) == 0
        && content.at(3) >= 0x0b
        && content.at(3) <= 0x0d;
  }

  public static boolean isEventLog(Bytes content) {
    return content.length() > 48 && text(content.slice(32, 46)).equals("Spec ID Event0");
  }

  private static boolean isCertificate(Bytes content) {
    return content.length() > 4 && content.at(0) == 0x30 && content.at(1) == 0x82;
  }

  private static boolean isPem(Bytes content) {
    return text(content.slice(0, Math.min(content.length(), 27)))
        .equals("-----BEGIN CERTIFICATE-----");
  }

  private static String text(Bytes content) {
    return new String(content.toArray(), java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static Bytes required(Json.Obj json, String name) {
    json.require(name);
    Bytes value = base64(json, name);
    if (value == null) {
      throw new MalformedEvidenceException(FORMAT, name, -1, "is missing");
    }
    return value;
  }

  private static @Nullable Bytes base64(Json.Obj json, String name) {
    if (json.get(name).isEmpty() || json.require(name) == Json.Null.NULL) {
      return null;
    }
    try {
      return Bytes.of(Base64.getDecoder().decode(json.string(name)));
    } catch (IllegalArgumentException e) {
      throw new MalformedEvidenceException(FORMAT, name, -1, "is no base64");
    }
  }
}
