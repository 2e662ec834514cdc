// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.dcap;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cofferdam.core.attestation.CertificateChains;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.attestation.FormatVerifier;
import org.cofferdam.core.attestation.Rule;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.SignatureAlgorithm;
import org.cofferdam.core.bytes.SignatureEngine;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.bytes.x509.Crl;
import org.cofferdam.core.bytes.x509.PublicKeyInfo;
import org.cofferdam.core.evidence.dcap.EnclaveIdentity;
import org.cofferdam.core.evidence.dcap.PckExtension;
import org.cofferdam.core.evidence.dcap.Quote;
import org.cofferdam.core.evidence.dcap.QuoteSignature;
import org.cofferdam.core.evidence.dcap.SgxReportBody;
import org.cofferdam.core.evidence.dcap.SignedObject;
import org.cofferdam.core.evidence.dcap.SvnLevel;
import org.cofferdam.core.evidence.dcap.TcbInfo;
import org.cofferdam.core.evidence.dcap.TdReportBody;

/** Proof and TCB of one quote: from its signature to Intel's key, and what Intel says of both. */
final class DcapCheck {
  private static final String USE = "intel-sgx";
  private static final Bytes ECDSA_P256 =
      Bytes.of("r, s of P-256".getBytes(StandardCharsets.US_ASCII));
  private static final String PCK_NAME = "Intel SGX PCK Certificate";
  private static final Set<String> CA_NAMES =
      Set.of("Intel SGX PCK Platform CA", "Intel SGX PCK Processor CA");
  private static final String SIGNER_NAME = "Intel SGX TCB Signing";

  private final FormatVerifier.Context context;
  private final Findings findings;
  private final Quote quote;
  private final List<Document> beside;
  private final DcapCache cache;

  /**
   * @param beside documents that came with the quote; like endorsements, they are proven here
   */
  DcapCheck(FormatVerifier.Context context, Quote quote, List<Document> beside, DcapCache cache) {
    this.beside = beside;
    this.context = context;
    this.cache = cache;
    this.findings = context.findings();
    this.quote = quote;
  }

  /** True where the signatures and the chain hold; the TCB is noted as far as it can be. */
  boolean verify() {
    findings.check(
        DcapRules.PADDING, true, "nothing or zeros", quote.padding() + " zero bytes behind it");
    DcapCollateral collateral = collateral("", "");
    List<Certificate> candidates = new ArrayList<>(certificates());
    candidates.addAll(collateral.certificates());
    Optional<Certificate> leaf = leaf(candidates);
    if (leaf.isEmpty()) {
      signatures();
      findings.missing(DcapRules.PCK_GIVEN, "the platform's PCK certificate");
      return false;
    }
    Optional<CertificateChains.Path> path =
        new CertificateChains(context).verify("dcap.pck", leaf.get(), candidates, USE, Set.of());
    if (path.isEmpty()) {
      return false;
    }
    boolean named =
        findings.check(
            DcapRules.PCK_NAME,
            path.get().leaf().commonName().equals(PCK_NAME)
                && CA_NAMES.contains(path.get().issuer().commonName())
                && path.get().leaf().maySign(),
            PCK_NAME + ", issued by one of " + CA_NAMES,
            path.get().leaf().commonName() + ", issued by " + path.get().issuer().commonName());
    PckExtension pck = cache.platform(leaf.get());
    boolean signed = named && quotingEnclave(leaf.get()) && signatures();
    if (!signed) {
      return false;
    }
    platform(pck, path.get());
    tcb(pck, path.get());
    return !findings.proofFailed();
  }

  private DcapCollateral collateral(String fmspc, String ca) {
    String tee = quote.body() instanceof TdReportBody ? "tdx" : "sgx";
    List<Document> documents = new ArrayList<>(beside);
    documents.addAll(
        context.endorsements().find(new Endorsements.Query.IntelCollateral(tee, fmspc, ca)));
    DcapCollateral found = cache.collateral(documents);
    found.digests().forEach(findings::digest);
    return found;
  }

  /** Certificates in the quote; their text may end with a NUL, and come in any order. */
  private List<Certificate> certificates() {
    QuoteSignature signature = quote.signature();
    if (signature.certificationType() != QuoteSignature.PCK_CHAIN
        && signature.certificationType() != QuoteSignature.PCK_LEAF) {
      return List.of();
    }
    return cache.chain(signature.certificationData());
  }

  /**
   * The certificate of the quoting platform: the one of the quote, or among those supplied the one
   * whose key made the quoting enclave's report.
   */
  private Optional<Certificate> leaf(List<Certificate> candidates) {
    List<Certificate> leaves =
        candidates.stream().filter(c -> !CA_NAMES.contains(c.commonName())).toList();
    List<Certificate> own = certificates();
    if (!own.isEmpty()) {
      return own.stream().filter(c -> own.stream().noneMatch(o -> isIssuer(c, o))).findFirst();
    }
    return leaves.stream().filter(c -> qeSigned(c)).findFirst();
  }

  private static boolean isIssuer(Certificate issuer, Certificate other) {
    return other.issuer().equals(issuer.subject());
  }

  private boolean qeSigned(Certificate leaf) {
    QuoteSignature signature = quote.signature();
    return recurring(leaf.spki(), signature.qeReport().encoded(), signature.qeReportSignature());
  }

  /** P-256 over what comes back with every quote of a platform. */
  private boolean recurring(Bytes spki, Bytes message, Bytes signature) {
    SignatureEngine engine = context.signatures();
    return engine.recurring(
        ECDSA_P256,
        spki,
        message,
        signature,
        () ->
            engine.verify(
                SignatureAlgorithm.ECDSA_P256_SHA256,
                spki,
                message.toArray(),
                signature.toArray()));
  }

  private boolean quotingEnclave(Certificate leaf) {
    return findings.check(
        DcapRules.QE_SIGNATURE,
        qeSigned(leaf),
        "a signature over the quoting enclave's report by the PCK key",
        "verified with " + leaf.commonName());
  }

  private boolean signatures() {
    QuoteSignature signature = quote.signature();
    Bytes hash = Bytes.concat(signature.attestationKey(), signature.qeAuthData()).sha256();
    Bytes wanted = Bytes.concat(hash, Bytes.of(new byte[32]));
    boolean bound =
        findings.check(
            DcapRules.QE_REPORT_DATA,
            wanted.equals(signature.qeReport().reportData()),
            wanted.hex(),
            signature.qeReport().reportData().hex());
    boolean signed =
        context
            .signatures()
            .verify(
                SignatureAlgorithm.ECDSA_P256_SHA256,
                PublicKeyInfo.ofPoint(signature.attestationKey()),
                quote.signed().toArray(),
                signature.signature().toArray());
    return findings.check(
            DcapRules.QUOTE_SIGNATURE,
            signed,
            "a signature over header and body by the attestation key",
            signed ? "verified" : "does not verify")
        && bound;
  }

  private void platform(PckExtension pck, CertificateChains.Path path) {
    Json.Builder configuration = Json.object();
    pck.configuration().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(e -> configuration.put(e.getKey(), e.getValue()));
    Json.Builder platform =
        Json.object()
            .put("fmspc", pck.fmspc().hex())
            .put("pceId", pck.pceId().hex())
            .put("pceSvn", pck.pceSvn())
            .put("cpuSvn", pck.cpuSvn().hex())
            .put("ppid", pck.ppid().hex())
            .put("sgxType", pck.sgxType())
            .put("ca", path.issuer().commonName())
            .put("configuration", configuration.build());
    Bytes instance = pck.platformInstanceId();
    if (instance != null) {
      platform.put("platformInstanceId", instance.hex());
    }
    findings.claim("platform", platform.build());
  }

  private void tcb(PckExtension pck, CertificateChains.Path path) {
    String ca = path.issuer().commonName().contains("Processor") ? "processor" : "platform";
    DcapCollateral collateral = collateral(pck.fmspc().hex(), ca);
    revocation(path, collateral);
    Optional<DcapCollateral.Signed<TcbInfo>> info =
        collateral.tcbInfo(isTdx() ? "TDX" : "SGX", pck.fmspc());
    Optional<DcapCollateral.Signed<EnclaveIdentity>> identity =
        collateral.identity(isTdx() ? "TD_QE" : "QE");
    if (info.isEmpty()) {
      findings.missing(
          DcapRules.TCB_INFO_GIVEN,
          "TCB info of " + (isTdx() ? "TDX" : "SGX") + " for FMSPC " + pck.fmspc().hex());
    }
    if (identity.isEmpty()) {
      findings.missing(DcapRules.QE_IDENTITY_GIVEN, "identity of " + (isTdx() ? "TD_QE" : "QE"));
    }
    if (info.isEmpty() || identity.isEmpty()) {
      return;
    }
    boolean infoSigned = signed(DcapRules.TCB_INFO_SIGNATURE, info.get().object(), collateral);
    boolean identitySigned =
        signed(DcapRules.QE_IDENTITY_SIGNATURE, identity.get().object(), collateral);
    TcbInfo tcbInfo = info.get().value();
    EnclaveIdentity qe = identity.get().value();
    boolean fresh = window(DcapRules.TCB_INFO_WINDOW, tcbInfo.issueDate(), tcbInfo.nextUpdate());
    boolean qeFresh = window(DcapRules.QE_IDENTITY_WINDOW, qe.issueDate(), qe.nextUpdate());
    boolean fits =
        findings.check(
            DcapRules.TCB_INFO_PLATFORM,
            tcbInfo.pceId().equals(pck.pceId()),
            "PCE id " + pck.pceId().hex(),
            "PCE id " + tcbInfo.pceId().hex());
    if (infoSigned && identitySigned && fresh && qeFresh && fits) {
      identity(qe);
      new TcbNotes(findings, context.expectations().policy())
          .note(tcbInfo, qe, pck, quote.body(), qeLevel(qe));
    }
  }

  private boolean isTdx() {
    return quote.body() instanceof TdReportBody;
  }

  private Optional<SvnLevel> qeLevel(EnclaveIdentity qe) {
    return SvnLevel.match(qe.levels(), quote.signature().qeReport().isvSvn());
  }

  private boolean signed(Rule rule, SignedObject object, DcapCollateral collateral) {
    Optional<Certificate> signer =
        object.chain().stream()
            .filter(c -> c.commonName().equals(SIGNER_NAME) && c.maySign())
            .filter(c -> recurring(c.spki(), object.signed(), object.signature()))
            .findFirst();
    if (!findings.check(
        rule,
        signer.isPresent(),
        "a signature by " + SIGNER_NAME,
        signer.isPresent() ? "verified" : "no signer in its chain verifies it")) {
      return false;
    }
    Optional<CertificateChains.Path> path =
        new CertificateChains(context)
            .verify(
                rule.id().replace(".signature", "-signer"),
                signer.get(),
                object.chain(),
                USE,
                Set.of());
    return path.isPresent()
        && notRevoked(DcapRules.SIGNER_REVOCATION, signer.get(), path.get(), 0, collateral);
  }

  private boolean window(Rule rule, Instant issueDate, Instant nextUpdate) {
    Instant at = context.expectations().at();
    return findings.check(
        rule,
        !at.isBefore(issueDate) && at.isBefore(nextUpdate),
        "issued before, and due after, " + at,
        "issued " + issueDate + ", due " + nextUpdate);
  }

  private void revocation(CertificateChains.Path path, DcapCollateral collateral) {
    for (int i = 0; i + 1 < path.certificates().size(); i++) {
      notRevoked(DcapRules.PCK_REVOCATION, path.certificates().get(i), path, i, collateral);
    }
  }

  private boolean notRevoked(
      Rule rule,
      Certificate certificate,
      CertificateChains.Path path,
      int index,
      DcapCollateral collateral) {
    Certificate issuer =
        path.certificates().get(Math.min(index + 1, path.certificates().size() - 1));
    Optional<Crl> crl = collateral.crl(certificate.issuer());
    if (crl.isEmpty()) {
      findings.missing(rule, "the revocation list of " + certificate.issuerCommonName());
      return false;
    }
    Instant at = context.expectations().at();
    String problem = "";
    if (!crl.get().isIssuedBy(issuer, context.signatures())) {
      problem = "the list is not signed by " + issuer.commonName();
    } else if (!crl.get().isCurrentAt(at)) {
      problem = "the list is of " + crl.get().thisUpdate() + " to " + crl.get().nextUpdate();
    } else if (!crl.get().unknownCritical().isEmpty()) {
      problem = "the list has critical extensions that are not understood";
    } else if (crl.get().revoked().contains(certificate.serialNumber())) {
      problem = certificate.commonName() + " is revoked";
    }
    return findings.check(
        rule,
        problem.isEmpty(),
        certificate.commonName() + " not on a current list of its issuer",
        problem.isEmpty() ? "not listed" : problem);
  }

  private void identity(EnclaveIdentity qe) {
    SgxReportBody report = quote.signature().qeReport();
    boolean fits =
        masked(report.miscSelect(), qe.miscSelectMask())
                .equals(masked(qe.miscSelect(), qe.miscSelectMask()))
            && masked(report.attributes(), qe.attributesMask())
                .equals(masked(qe.attributes(), qe.attributesMask()))
            && report.mrSigner().equals(qe.mrSigner())
            && report.isvProdId() == qe.isvProdId();
    findings.check(
        DcapRules.QE_IDENTITY,
        fits,
        "signer "
            + qe.mrSigner()
            + ", product "
            + qe.isvProdId()
            + ", attributes "
            + qe.attributes()
            + " under "
            + qe.attributesMask(),
        "signer "
            + report.mrSigner()
            + ", product "
            + report.isvProdId()
            + ", attributes "
            + report.attributes());
  }

  static Bytes masked(Bytes value, Bytes mask) {
    byte[] out = value.toArray();
    for (int i = 0; i < out.length; i++) {
      out[i] &= (byte) mask.at(i);
    }
    return Bytes.of(out);
  }
}
