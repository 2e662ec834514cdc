// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.gce;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.tpm.TpmAttest;
import org.cofferdam.core.evidence.tpm.TpmHash;

/**
 * What a guest on Compute Engine sends of its vTPM: the protocol buffer {@code attest.Attestation}
 * of go-tpm-tools 0.4 (proto/attest.proto). Fields: 1 public area of the attestation key, 2 quotes,
 * 3 event log, 4 instance as the guest names it (unproven), 5 canonical event log, 6 certificate of
 * the key, 7 intermediates, 8 and 9 a report of the hardware.
 *
 * @param akPublicArea TPMT_PUBLIC
 * @param quotes in the order sent
 * @param eventLog TCG log
 * @param canonicalEventLog of the workload, CEL-TLV
 * @param certificates of the key, then intermediates; DER, maybe padded
 * @param hardwareReport true where a report of SNP or TDX is attached
 */
public record GceAttestation(
    Bytes akPublicArea,
    List<Quote> quotes,
    Optional<Bytes> eventLog,
    Optional<Bytes> canonicalEventLog,
    List<Bytes> certificates,
    boolean hardwareReport) {
  private static final String FORMAT = "attest.Attestation";
  private static final Bytes ATTEST_MAGIC = Bytes.ofHex("ff544347");

  /**
   * One quote of one bank.
   *
   * @param message TPMS_ATTEST
   * @param signature TPMT_SIGNATURE
   * @param bank of the values
   * @param pcrs values by index
   */
  public record Quote(Bytes message, Bytes signature, TpmHash bank, Map<Integer, Bytes> pcrs) {
    public Quote {
      pcrs = Map.copyOf(pcrs);
    }
  }

  public GceAttestation {
    quotes = List.copyOf(quotes);
    certificates = List.copyOf(certificates);
  }

  /** True where it begins with a public area and a quote, as the message is written. */
  public static boolean looksLike(Bytes content) {
    if (content.length() < 64 || content.at(0) != 0x0a) {
      return false;
    }
    try {
      ProtoMessage message = ProtoMessage.parse(FORMAT, content);
      return message.all(2).stream()
          .map(q -> ProtoMessage.parse(FORMAT, q).all(1))
          .anyMatch(m -> m.size() == 1 && ATTEST_MAGIC.isPrefixOf(m.getFirst()));
    } catch (MalformedEvidenceException e) {
      return false;
    }
  }

  /**
   * @throws MalformedEvidenceException on another form, a field it does not know, or no quote
   */
  public static GceAttestation parse(Bytes content) {
    ProtoMessage message = ProtoMessage.parse(FORMAT, content);
    for (ProtoMessage.Field field : message.fields()) {
      if (field.number() > 9) {
        throw message.malformed(field.number(), "is not known");
      }
    }
    List<Quote> quotes = message.all(2).stream().map(GceAttestation::quote).toList();
    if (quotes.isEmpty()) {
      throw message.malformed(2, "is missing");
    }
    List<Bytes> certificates = new ArrayList<>();
    message.bytes(6).filter(c -> c.length() > 0).ifPresent(certificates::add);
    certificates.addAll(message.all(7));
    return new GceAttestation(
        message.bytes(1).orElseThrow(() -> message.malformed(1, "is missing")),
        quotes,
        message.bytes(3).filter(l -> l.length() > 0),
        message.bytes(5).filter(l -> l.length() > 0),
        certificates,
        message.bytes(8).isPresent() || message.bytes(9).isPresent());
  }

  private static Quote quote(Bytes encoded) {
    ProtoMessage quote = ProtoMessage.parse("tpm.Quote", encoded);
    Bytes list = quote.bytes(3).orElseThrow(() -> quote.malformed(3, "is missing"));
    ProtoMessage pcrs = ProtoMessage.parse("tpm.PCRs", list);
    long id = pcrs.number(1);
    TpmHash bank =
        TpmHash.ofId((int) Math.min(id, 0x10000))
            .orElseThrow(() -> pcrs.malformed(1, "is an unknown algorithm"));
    Map<Integer, Bytes> values = new TreeMap<>();
    for (Bytes entry : pcrs.all(2)) {
      ProtoMessage pair = ProtoMessage.parse("tpm.PCRs.pcrs", entry);
      long pcr = pair.number(1);
      Bytes value = pair.bytes(2).orElse(Bytes.EMPTY);
      if (pcr < 0
          || pcr > 23
          || value.length() != bank.size()
          || values.put((int) pcr, value) != null) {
        throw pcrs.malformed(2, "has a value that is no register, or one twice");
      }
    }
    return new Quote(
        quote.bytes(1).orElseThrow(() -> quote.malformed(1, "is missing")),
        quote.bytes(2).orElseThrow(() -> quote.malformed(2, "is missing")),
        bank,
        values);
  }

  /** The fields, for people. */
  public Json.Obj fields() {
    List<Json> list = new ArrayList<>();
    for (Quote quote : quotes) {
      Json.Builder values = Json.object();
      new TreeMap<>(quote.pcrs()).forEach((pcr, v) -> values.put(pcr.toString(), v.hex()));
      list.add(
          Json.object()
              .put("quote", TpmAttest.parse(quote.message()).fields())
              .put("rawSig", quote.signature().hex())
              .put("bank", quote.bank().bank())
              .put("pcrs", values.build())
              .build());
    }
    return Json.object()
        .put("akPub", akPublicArea.hex())
        .put("quotes", Json.array(list))
        .put("eventLog", eventLog.map(Bytes::hex).orElse(""))
        .put("canonicalEventLog", canonicalEventLog.map(Bytes::hex).orElse(""))
        .put("certificates", Json.strings(certificates.stream().map(Bytes::hex).toList()))
        .build();
  }
}
