// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.azure;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.tpm.TpmMaterial;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.azure.HclReport;

/**
 * The parts of Azure vTPM evidence, still unproven: from separate files, or from the JSON of CoCo
 * guests in version 0 (arrays of numbers), 1 and 2 (text).
 *
 * @param tpm quote, signature and registers; empty where there is only the HCL report
 * @param tdQuote of the VM, for TDX
 * @param beside documents that may hold certificates
 */
record AzureMaterial(
    Bytes hclReport, Optional<TpmMaterial> tpm, Optional<Bytes> tdQuote, List<Document> beside) {
  private static final String FORMAT = "Azure evidence";
  private static final Bytes RSASSA_SHA256 = Bytes.ofHex("0014000b0100");
  private static final int RSA_2048 = 256;

  static boolean recognises(List<Document> documents) {
    return documents.stream()
        .anyMatch(d -> HclReport.looksLike(d.content()) || json(d.content()).isPresent());
  }

  private static Optional<Json.Obj> json(Bytes content) {
    if (content.length() == 0 || content.at(0) != '{') {
      return Optional.empty();
    }
    try {
      Json.Obj json = Json.parse(content.toArray()).asObject(FORMAT);
      Json.Obj inner =
          json.get("platform").isPresent() && json.get("evidence").isPresent()
              ? json.object("evidence")
              : json;
      boolean azure =
          inner.get("hcl_report").isPresent()
              || (inner.get("report").isPresent() && inner.get("quote").isPresent());
      return azure ? Optional.of(inner) : Optional.empty();
    } catch (MalformedEvidenceException e) {
      return Optional.empty();
    }
  }

  static AzureMaterial of(List<Document> documents) {
    Optional<Bytes> hcl =
        documents.stream().map(Document::content).filter(HclReport::looksLike).findFirst();
    return hcl.isPresent()
        ? ofFiles(hcl.get(), documents)
        : ofJson(
            documents.stream()
                .flatMap(d -> json(d.content()).stream())
                .findFirst()
                .orElseThrow(
                    () -> new MalformedEvidenceException(FORMAT, "HCL report", -1, "is missing")),
            documents);
  }

  private static AzureMaterial ofFiles(Bytes hcl, List<Document> documents) {
    List<Bytes> quotes = new ArrayList<>();
    List<Bytes> signatures = new ArrayList<>();
    Map<Integer, Map<Integer, Bytes>> pcrs = new TreeMap<>();
    Bytes tdQuote = null;
    Bytes eventLog = null;
    for (Document document : documents) {
      Bytes content = document.content();
      if (TpmMaterial.isQuote(content)) {
        quotes.add(content);
      } else if (content.length() == RSA_2048) {
        signatures.add(Bytes.concat(RSASSA_SHA256, content));
      } else if (content.length() > 0 && content.at(0) == '[') {
        registers(Json.parse(content.toArray()).asArray("pcrs"), pcrs);
      } else if (TpmMaterial.isEventLog(content)) {
        eventLog = content;
      } else if (content.length() > 1000 && content.at(0) == 4 && content.at(4) == 0x81) {
        tdQuote = content;
      }
    }
    return new AzureMaterial(
        hcl,
        quotes.isEmpty()
            ? Optional.empty()
            : Optional.of(TpmMaterial.ofParts(quotes, signatures, pcrs, eventLog)),
        Optional.ofNullable(tdQuote),
        documents);
  }

  private static AzureMaterial ofJson(Json.Obj json, List<Document> documents) {
    json.only("version", "hcl_report", "tpm_quote", "vcek", "td_quote", "quote", "report");
    List<Document> beside = new ArrayList<>(documents);
    if (json.get("vcek").isPresent()) {
      String vcek = json.string("vcek");
      beside.add(
          vcek.startsWith("-----BEGIN")
              ? Document.of("vcek", vcek.getBytes(StandardCharsets.US_ASCII))
              : new Document("vcek", base64(vcek, "vcek")));
    }
    boolean old = json.get("hcl_report").isEmpty();
    Json.Obj quote = json.object(old ? "quote" : "tpm_quote");
    Map<Integer, Map<Integer, Bytes>> pcrs = new TreeMap<>();
    registers(quote.array("pcrs"), pcrs);
    TpmMaterial tpm =
        TpmMaterial.ofParts(
            List.of(bytes(quote.require("message"), "message")),
            List.of(Bytes.concat(RSASSA_SHA256, bytes(quote.require("signature"), "signature"))),
            pcrs,
            null);
    return new AzureMaterial(
        old ? bytes(json.require("report"), "report") : blob(json.require("hcl_report"), "hcl"),
        Optional.of(tpm),
        json.get("td_quote").map(q -> blob(q, "td_quote")),
        beside);
  }

  private static void registers(List<Json> values, Map<Integer, Map<Integer, Bytes>> pcrs) {
    Map<Integer, Bytes> bank = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      bank.put(i, bytes(values.get(i), "pcrs"));
    }
    if (bank.size() > 24 || bank.values().stream().anyMatch(v -> v.length() != 32)) {
      throw new MalformedEvidenceException(FORMAT, "pcrs", -1, "are no SHA-256 bank");
    }
    pcrs.put(32, bank);
  }

  /** Base64url text, or an array of numbers. */
  private static Bytes blob(Json json, String field) {
    return json instanceof Json.Str text ? base64(text.value(), field) : bytes(json, field);
  }

  /** Hex text, or an array of numbers. */
  private static Bytes bytes(Json json, String field) {
    if (json instanceof Json.Str text) {
      return Bytes.ofHex(text.value());
    }
    List<Json> items = json.asArray(field);
    byte[] out = new byte[items.size()];
    for (int i = 0; i < out.length; i++) {
      long octet = items.get(i).asLong(field);
      if (octet < 0 || octet > 255) {
        throw new MalformedEvidenceException(FORMAT, field, -1, "has an item that is no byte");
      }
      out[i] = (byte) octet;
    }
    return Bytes.of(out);
  }

  private static Bytes base64(String text, String field) {
    try {
      return Bytes.of(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw new MalformedEvidenceException(FORMAT, field, -1, "is not base64url");
    }
  }
}
