// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.dcap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.bytes.x509.Crl;
import org.cofferdam.core.bytes.x509.Pem;
import org.cofferdam.core.evidence.dcap.EnclaveIdentity;
import org.cofferdam.core.evidence.dcap.SignedObject;
import org.cofferdam.core.evidence.dcap.TcbInfo;

/**
 * What endorsements hold for Intel quotes, still unproven: from documents in the form that quote
 * verification libraries share (one JSON object of strings), or as separate files of Intel's
 * service.
 */
final class DcapCollateral {
  private final List<Signed<TcbInfo>> tcbInfos = new ArrayList<>();
  private final List<Signed<EnclaveIdentity>> identities = new ArrayList<>();
  private final Map<String, String> digests = new LinkedHashMap<>();
  private final List<Certificate> certificates = new ArrayList<>();
  private final List<Crl> crls = new ArrayList<>();

  private DcapCollateral() {}

  static DcapCollateral of(List<Document> documents) {
    DcapCollateral collateral = new DcapCollateral();
    List<String> answers = new ArrayList<>();
    for (Document document : documents) {
      if (collateral.add(document, answers)) {
        collateral.digests.put("collateral:" + document.name(), document.digest());
      }
    }
    for (String answer : answers) {
      SignedObject.cut(answer, collateral.certificates)
          .ifPresent(o -> collateral.add(o, answer.contains("\"enclaveIdentity\"")));
    }
    return collateral;
  }

  private void add(SignedObject object, boolean identity) {
    if (identity) {
      identities.add(new Signed<>(object, EnclaveIdentity.parse(object.text())));
    } else {
      tcbInfos.add(new Signed<>(object, TcbInfo.parse(object.text())));
    }
  }

  /** True where the document is of a form that belongs here. */
  private boolean add(Document document, List<String> answers) {
    String text = new String(document.content().toArray(), StandardCharsets.UTF_8).strip();
    if (text.startsWith("{")) {
      if (text.contains("\"tcb_info\"")) {
        bundle(Json.parse(document.content().toArray()).asObject("collateral"));
        return true;
      }
      boolean answer = text.contains("\"tcbInfo\"") || text.contains("\"enclaveIdentity\"");
      if (answer) {
        answers.add(text);
      }
      return answer;
    }
    if (text.startsWith("-----BEGIN CERTIFICATE-----")) {
      certificates.addAll(Pem.certificates(text));
      return true;
    }
    if (text.startsWith("-----BEGIN X509 CRL-----")) {
      Pem.objects(text, "X509 CRL").forEach(c -> crls.add(Crl.parse(c)));
      return true;
    }
    if (text.matches("30[0-9a-fA-F]+")) {
      crls.add(Crl.parse(Bytes.ofHex(text)));
      return true;
    }
    return der(document.content());
  }

  private boolean der(Bytes content) {
    if (content.length() < 4 || content.at(0) != 0x30) {
      return false;
    }
    try {
      crls.add(Crl.parse(content));
    } catch (MalformedEvidenceException noCrl) {
      try {
        certificates.add(Certificate.parse(content));
      } catch (MalformedEvidenceException nothing) {
        return false;
      }
    }
    return true;
  }

  private void bundle(Json.Obj json) {
    add(signed(json, "tcb_info"), false);
    add(signed(json, "qe_identity"), true);
    for (String list : List.of("root_ca_crl", "pck_crl")) {
      String text = json.string(list);
      if (text.startsWith("-----BEGIN")) {
        Pem.objects(text, "X509 CRL").forEach(c -> crls.add(Crl.parse(c)));
      } else if (!text.isBlank()) {
        crls.add(Crl.parse(Bytes.ofHex(text.strip())));
      }
    }
    certificates.addAll(Pem.certificates(json.string("pck_crl_issuer_chain")));
    if (json.get("pck_certificate_chain").isPresent()) {
      certificates.addAll(Pem.certificates(json.string("pck_certificate_chain")));
    }
  }

  private static SignedObject signed(Json.Obj json, String name) {
    return SignedObject.of(
        json.string(name),
        Bytes.ofHex(json.string(name + "_signature")),
        Pem.certificates(json.string(name + "_issuer_chain")));
  }

  List<Certificate> certificates() {
    return certificates;
  }

  /** SHA-256 of each document that belongs here, by name. */
  Map<String, String> digests() {
    return digests;
  }

  /** The newest TCB info for this platform; nothing of it is proven yet. */
  Optional<Signed<TcbInfo>> tcbInfo(String id, Bytes fmspc) {
    return tcbInfos.stream()
        .filter(i -> i.value().id().equals(id) && i.value().fmspc().equals(fmspc))
        .max((a, b) -> a.value().issueDate().compareTo(b.value().issueDate()));
  }

  /** The newest identity of this quoting enclave; nothing of it is proven yet. */
  Optional<Signed<EnclaveIdentity>> identity(String id) {
    return identities.stream()
        .filter(i -> i.value().id().equals(id))
        .max((a, b) -> a.value().issueDate().compareTo(b.value().issueDate()));
  }

  /** The newest list whose issuer has this name; nothing of it is proven yet. */
  Optional<Crl> crl(Bytes issuer) {
    return crls.stream()
        .filter(c -> c.issuer().equals(issuer))
        .max((a, b) -> a.thisUpdate().compareTo(b.thisUpdate()));
  }

  /** An object and what it says. */
  record Signed<T>(SignedObject object, T value) {}
}
