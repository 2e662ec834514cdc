// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.gce;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.FormatVerifier;
import org.cofferdam.core.attestation.Rule;
import org.cofferdam.core.attestation.tpm.TpmMaterial;
import org.cofferdam.core.attestation.tpm.TpmVerifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.evidence.gce.GceAttestation;
import org.cofferdam.core.evidence.gce.InstanceInfo;

/**
 * The attestation of a vTPM of Google Compute Engine: quotes, logs and the certificate of the
 * attestation key, which names the instance. Either one protocol buffer, or separate files as for a
 * plain TPM with such a certificate among them.
 */
public final class GcpVtpmVerifier implements FormatVerifier {
  private static final Rule INSTANCE_NAMED =
      Rule.hardening(
          "gcp.instance-named",
          "A key's certificate that names no instance fits any of Google's customers.",
          "Recreate the instance, so that its vTPM has a certificate of the present form.");
  private static final Rule PRODUCTION =
      Rule.policy(
          "gcp.production",
          "Google marks hosts that its staff may still debug.",
          "Run the instance on a production host.");

  @Override
  public String kind() {
    return "gcp-vtpm";
  }

  @Override
  public boolean recognises(Evidence evidence) {
    return evidence.find(GceAttestation::looksLike).isPresent()
        || (evidence.find(TpmMaterial::isQuote).isPresent()
            && evidence.find(GcpVtpmVerifier::isInstanceCertificate).isPresent());
  }

  @Override
  public void verify(Evidence evidence, Context context) {
    boolean files =
        evidence.find(TpmMaterial::isQuote).isPresent()
            && evidence.find(GceAttestation::looksLike).isEmpty();
    TpmMaterial material;
    if (files) {
      material =
          TpmMaterial.ofDocuments(
              evidence.documents(),
              context.endorsements().find(new Endorsements.Query.OfKind(kind())));
    } else {
      GceAttestation sent =
          GceAttestation.parse(
              evidence.find(GceAttestation::looksLike).orElse(evidence.first()).content());
      material = material(sent);
      if (sent.hardwareReport()) {
        context.findings().notChecked("gcp.hardware: the report of SNP or TDX beside the quote");
      }
    }
    Optional<Certificate> endorsed = TpmVerifier.verify(material, kind(), context);
    endorsed.ifPresent(certificate -> instance(certificate, context));
  }

  private static TpmMaterial material(GceAttestation sent) {
    List<Bytes> quotes = new ArrayList<>();
    List<Bytes> signatures = new ArrayList<>();
    Map<Integer, Map<Integer, Bytes>> pcrs = new TreeMap<>();
    for (GceAttestation.Quote quote : sent.quotes()) {
      quotes.add(quote.message());
      signatures.add(quote.signature());
      if (pcrs.put(quote.bank().size(), quote.pcrs()) != null) {
        throw new MalformedEvidenceException(
            "attest.Attestation", "quotes", -1, "quote one bank twice");
      }
    }
    return new TpmMaterial(
        quotes,
        signatures,
        pcrs,
        sent.akPublicArea(),
        null,
        sent.certificates().stream().map(Certificate::parsePadded).toList(),
        null,
        sent.eventLog().orElse(null),
        sent.canonicalEventLog().stream().toList(),
        null);
  }

  private static void instance(Certificate certificate, Context context) {
    Optional<InstanceInfo> info = InstanceInfo.of(certificate);
    if (info.isEmpty()) {
      // Certificates of the first generation name no instance.
      context.findings().check(INSTANCE_NAMED, false, "an instance", "none");
      return;
    }
    context
        .findings()
        .check(
            PRODUCTION,
            info.get().isProduction().orElse(false),
            "a production host",
            info.get().isProduction().map(Object::toString).orElse("not said"));
    context.findings().claim("gcp", info.get().toJson());
  }

  private static boolean isInstanceCertificate(Bytes content) {
    if (content.length() < 4 || content.at(0) != 0x30) {
      return false;
    }
    try {
      return Certificate.parsePadded(content).extension(InstanceInfo.OID).isPresent();
    } catch (MalformedEvidenceException e) {
      return false;
    }
  }
}
