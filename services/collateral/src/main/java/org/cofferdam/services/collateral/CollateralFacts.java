// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.collateral;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.attestation.CertificateDocuments;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.bytes.x509.Crl;
import org.cofferdam.core.bytes.x509.Names;
import org.cofferdam.core.evidence.dcap.EnclaveIdentity;
import org.cofferdam.core.evidence.dcap.TcbInfo;

/**
 * What one piece of collateral says of itself; nothing is verified.
 *
 * @param document it stands in
 * @param kind {@code tcb-info}, {@code qe-identity}, {@code crl} or {@code certificate}
 * @param subject whom it is about: what later collateral of the same subject replaces
 * @param issued from when
 * @param until due, or the end of its validity
 * @param number evaluation number or CRL number; empty where there is none
 */
public record CollateralFacts(
    String document,
    String kind,
    String subject,
    Instant issued,
    Instant until,
    Optional<BigInteger> number) {

  /** Everything readable in a document; a document of another kind gives nothing. */
  public static List<CollateralFacts> of(Document document) {
    List<CollateralFacts> facts = new ArrayList<>();
    String text = new String(document.content().toArray(), StandardCharsets.UTF_8).strip();
    try {
      if (text.startsWith("{") && text.contains("\"tcb_info\"")) {
        bundle(document.name(), Json.parse(document.content().toArray()).asObject("bundle"), facts);
      }
    } catch (MalformedEvidenceException e) {
      return List.of();
    }
    for (Crl crl : CertificateDocuments.revocationLists(List.of(document))) {
      facts.add(crl(document.name(), crl));
    }
    for (Certificate certificate : CertificateDocuments.certificates(List.of(document))) {
      facts.add(
          new CollateralFacts(
              document.name(),
              "certificate",
              certificate.commonName() + " " + certificate.fingerprint(),
              certificate.notBefore(),
              certificate.notAfter(),
              Optional.empty()));
    }
    return facts;
  }

  private static void bundle(String name, Json.Obj bundle, List<CollateralFacts> facts) {
    TcbInfo info = TcbInfo.parse(bundle.string("tcb_info"));
    facts.add(
        new CollateralFacts(
            name,
            "tcb-info",
            info.id() + " " + info.fmspc().hex(),
            info.issueDate(),
            info.nextUpdate(),
            Optional.of(BigInteger.valueOf(info.evaluationNumber()))));
    EnclaveIdentity qe = EnclaveIdentity.parse(bundle.string("qe_identity"));
    facts.add(
        new CollateralFacts(
            name,
            "qe-identity",
            qe.id(),
            qe.issueDate(),
            qe.nextUpdate(),
            Optional.of(BigInteger.valueOf(qe.evaluationNumber()))));
    for (String list : List.of("root_ca_crl", "pck_crl")) {
      facts.add(crl(name, Crl.parse(Bytes.ofHex(bundle.string(list).strip()))));
    }
  }

  private static CollateralFacts crl(String name, Crl crl) {
    return new CollateralFacts(
        name,
        "crl",
        Names.commonName(crl.issuer()),
        crl.thisUpdate(),
        crl.nextUpdate(),
        crl.number());
  }

  /** True where both are about one thing. */
  public boolean isSameThing(CollateralFacts other) {
    return kind.equals(other.kind) && subject.equals(other.subject);
  }

  /** True where both are about one thing, and this one is older by number or date. */
  public boolean isBehind(CollateralFacts other) {
    boolean lower =
        number.isPresent()
            && other.number.isPresent()
            && number.get().compareTo(other.number.get()) < 0;
    return isSameThing(other) && (lower || issued.isBefore(other.issued));
  }

  public Json.Obj toJson() {
    return Json.object()
        .put("document", document)
        .put("kind", kind)
        .put("subject", subject)
        .put("issued", issued.toString())
        .put("until", until.toString())
        .put("number", number.<Json>map(n -> new Json.Num(n.toString())).orElse(Json.Null.NULL))
        .build();
  }
}
