// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.dcap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.attestation.FormatVerifier;
import org.cofferdam.core.attestation.tpm.TpmMaterial;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.dcap.Quote;
import org.cofferdam.core.evidence.dcap.TdReportBody;
import org.cofferdam.core.evidence.eventlog.EventLog;
import org.cofferdam.core.evidence.eventlog.EventReplay;
import org.cofferdam.core.evidence.tpm.TpmHash;

/** DCAP quotes of TDX trust domains, version 4 and 5, alone or with their event log (CCEL). */
public final class TdxVerifier implements FormatVerifier {
  private static final int DEBUG = 0;
  private static final int SEPT_VE_DISABLE = 28;
  private static final int MIGRATABLE = 29;

  /** Bits with a meaning beyond bit 0: 28 to 31, and 62, 63. */
  private static final Bytes KNOWN_ATTRIBUTES = Bytes.ofHex("010000f0000000c0");

  /** XFAM bits that the first modules allow (0x6DBE7), little endian. */
  private static final Bytes KNOWN_XFAM = Bytes.ofHex("e7db060000000000");

  private final DcapCache cache = new DcapCache();

  @Override
  public String kind() {
    return "tdx-quote";
  }

  @Override
  public boolean recognises(Evidence evidence) {
    return evidence.documents().stream()
        .anyMatch(d -> SgxVerifier.isQuote(d.content()) && d.content().at(4) != 0);
  }

  @Override
  public void verify(Evidence evidence, Context context) {
    Bytes encoded =
        evidence.documents().stream()
            .map(Document::content)
            .filter(SgxVerifier::isQuote)
            .findFirst()
            .orElse(evidence.first().content());
    Optional<Bytes> log =
        evidence.documents().stream()
            .map(Document::content)
            .filter(TpmMaterial::isEventLog)
            .findFirst();
    Quote quote = Quote.parse(encoded);
    QuoteBinding.check(quote.body().reportData(), context.expectations(), context.findings());
    inside(quote, SgxVerifier.beside(evidence), context, cache);
    if (quote.body() instanceof TdReportBody body) {
      log.ifPresent(l -> replay(l, body, context.findings()));
    }
  }

  /** Everything but the binding to the relying party: for a quote inside of other evidence. */
  public static void inside(Quote quote, Context context) {
    inside(quote, List.of(), context, new DcapCache());
  }

  private static void inside(Quote quote, List<Document> beside, Context context, DcapCache cache) {
    Findings findings = context.findings();
    if (!(quote.body() instanceof TdReportBody body)) {
      findings.check(DcapRules.KIND, false, "tdx-quote", "sgx-quote");
      return;
    }
    if (new DcapCheck(context, quote, beside, cache).verify()) {
      findings.claim("tdx", claims(body));
      policy(body, findings);
    }
  }

  private static void replay(Bytes encoded, TdReportBody body, Findings findings) {
    EventLog log = EventLog.parse(encoded);
    SortedMap<Integer, Bytes> registers = EventReplay.registers(log, TpmHash.SHA384);
    TreeSet<String> wrong = new TreeSet<>();
    for (Map.Entry<Integer, Bytes> register : registers.entrySet()) {
      // Index 0 is MRTD, 1 to 4 are RTMR0 to RTMR3 (UEFI §38.4.1).
      int rtmr = register.getKey() - 1;
      if (rtmr < 0 || rtmr > 3 || !body.rtmrs().get(rtmr).equals(register.getValue())) {
        wrong.add("RTMR" + rtmr + " replays to " + register.getValue().hex());
      }
    }
    findings.check(
        DcapRules.LOG_REPLAY,
        wrong.isEmpty() && !registers.isEmpty(),
        "the quoted registers",
        wrong.isEmpty() ? "the same" : String.join("; ", wrong));
  }

  private static void policy(TdReportBody body, Findings findings) {
    String attributes = body.tdAttributes().hex();
    findings.check(DcapRules.TDX_DEBUG, !body.attribute(DEBUG), "DEBUG clear", attributes);
    findings.check(
        DcapRules.TDX_UNTRUSTED_BITS,
        outside(body.tdAttributes(), KNOWN_ATTRIBUTES).isZero(),
        "no bit outside " + KNOWN_ATTRIBUTES.hex(),
        attributes);
    findings.check(
        DcapRules.TDX_SEPT_VE, body.attribute(SEPT_VE_DISABLE), "SEPT_VE_DISABLE set", attributes);
    findings.check(
        DcapRules.TDX_MIGRATABLE, !body.attribute(MIGRATABLE), "MIGRATABLE clear", attributes);
    findings.check(
        DcapRules.TDX_XFAM,
        (body.xfam().at(0) & 3) == 3 && outside(body.xfam(), KNOWN_XFAM).isZero(),
        "bits 0 and 1, none outside " + KNOWN_XFAM.hex(),
        body.xfam().hex());
    if (body.is15()) {
      findings.check(
          DcapRules.TDX_SERVICE_TD,
          body.mrServiceTd().isZero(),
          "no service domain",
          body.mrServiceTd().hex());
    }
  }

  private static Bytes outside(Bytes value, Bytes known) {
    byte[] out = value.toArray();
    for (int i = 0; i < out.length; i++) {
      out[i] &= (byte) ~known.at(i);
    }
    return Bytes.of(out);
  }

  private static Json.Obj claims(TdReportBody body) {
    Json.Builder claims =
        Json.object()
            .put("mrtd", body.mrTd().hex())
            .put("mrConfigId", body.mrConfigId().hex())
            .put("mrOwner", body.mrOwner().hex())
            .put("mrOwnerConfig", body.mrOwnerConfig().hex())
            .put("mrSeam", body.mrSeam().hex())
            .put("mrSignerSeam", body.mrSignerSeam().hex())
            .put("teeTcbSvn", body.teeTcbSvn().hex())
            .put("tdAttributes", body.tdAttributes().hex())
            .put("xfam", body.xfam().hex())
            .put("reportData", body.reportData().hex())
            .put("debug", body.attribute(DEBUG));
    for (int i = 0; i < 4; i++) {
      claims.put("rtmr" + i, body.rtmrs().get(i).hex());
    }
    if (body.is15()) {
      claims
          .put("teeTcbSvn2", body.teeTcbSvn2().hex())
          .put("mrServiceTd", body.mrServiceTd().hex());
    }
    return claims.build();
  }
}
