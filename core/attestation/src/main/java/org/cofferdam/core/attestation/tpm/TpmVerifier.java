// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.tpm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cofferdam.core.attestation.CertificateChains;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.attestation.FormatVerifier;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.bytes.x509.Extension;
import org.cofferdam.core.bytes.x509.PublicKeyInfo;
import org.cofferdam.core.evidence.gce.InstanceInfo;
import org.cofferdam.core.evidence.tpm.TpmPublic;
import org.jspecify.annotations.Nullable;

/**
 * A quote of a TPM, with its event log. The signing key is trusted by a certificate of its own, or
 * because the TPM behind a certified endorsement key activated a credential for it; otherwise the
 * result is marked, and is never one of a real TEE.
 */
public final class TpmVerifier implements FormatVerifier {
  private static final String TCG_KP_EK_CERTIFICATE = "2.23.133.8.1";

  /** The TCG's SAN names the TPM's model; subject directory attributes repeat its specification. */
  private static final Set<String> UNDERSTOOD =
      Set.of(Extension.SUBJECT_ALTERNATIVE_NAME, "2.5.29.9", InstanceInfo.OID);

  @Override
  public String kind() {
    return "tpm-quote";
  }

  @Override
  public boolean recognises(Evidence evidence) {
    return evidence.documents().stream()
        .map(Document::content)
        .anyMatch(c -> TpmMaterial.isQuote(c) || json(c).isPresent());
  }

  private static Optional<Json.Obj> json(Bytes content) {
    if (content.length() == 0 || content.at(0) != '{') {
      return Optional.empty();
    }
    try {
      Json json = Json.parse(content.toArray());
      return json instanceof Json.Obj o
              && o.get("tpm_quote").isPresent()
              && o.get("ak_public").isPresent()
          ? Optional.of(o)
          : Optional.empty();
    } catch (MalformedEvidenceException e) {
      return Optional.empty();
    }
  }

  @Override
  public void verify(Evidence evidence, Context context) {
    Optional<Json.Obj> json = json(evidence.first().content());
    TpmMaterial material =
        json.isPresent()
            ? TpmMaterial.ofJson(json.get())
            : TpmMaterial.ofDocuments(
                evidence.documents(),
                context.endorsements().find(new Endorsements.Query.OfKind(kind())));
    verify(material, kind(), context);
  }

  /**
   * Quotes, and who vouches for their key.
   *
   * @param kind whose endorsements may bring certificates
   * @return the certificate of the attestation key, where a chain from it was verified
   */
  public static Optional<Certificate> verify(TpmMaterial material, String kind, Context context) {
    Findings findings = context.findings();
    Optional<TpmKey> key = key(material, findings);
    if (key.isEmpty()) {
      findings.missing(TpmRules.SIGNATURE, "the public key that signed the quote");
      return Optional.empty();
    }
    if (!new TpmQuotes(context).verify(material, key.get())) {
      return Optional.empty();
    }
    return endorse(material, key.get(), kind, context);
  }

  /** Quotes under a key that the caller answers for; true where all of it held. */
  public static boolean quotes(TpmMaterial material, Bytes spki, Context context) {
    return new TpmQuotes(context).verify(material, new TpmKey(spki, null));
  }

  /** The key that all parts must agree on. */
  private static Optional<TpmKey> key(TpmMaterial material, Findings findings) {
    List<Bytes> keys = new ArrayList<>();
    TpmPublic area = material.akPublicArea() == null ? null : area(material.akPublicArea());
    if (area != null) {
      keys.add(area.spki());
    }
    if (material.akKey() != null) {
      keys.add(PublicKeyInfo.requireCanonical(material.akKey()));
    }
    if (keys.isEmpty() && !material.certificates().isEmpty()) {
      keys.add(material.certificates().getFirst().spki());
    }
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    Bytes first = keys.getFirst();
    boolean one = keys.stream().allMatch(first::equals);
    findings.check(TpmRules.AK_KEY, one, first.sha256().hex(), one ? "the same" : "different keys");
    if (area == null) {
      findings.notChecked(TpmRules.AK_ATTRIBUTES.id() + ": no public area was sent");
    } else {
      findings.check(
          TpmRules.AK_ATTRIBUTES,
          area.isAttestationKey(),
          "fixedTPM, fixedParent, sensitiveDataOrigin, restricted, sign, not decrypt",
          "%08x".formatted(area.attributes()));
    }
    return one ? Optional.of(new TpmKey(first, area)) : Optional.empty();
  }

  /** TPMT_PUBLIC, or the same with its size before it, which some drivers add. */
  private static TpmPublic area(Bytes encoded) {
    return TpmPublic.parse(encoded);
  }

  private static Optional<Certificate> endorse(
      TpmMaterial material, TpmKey key, String kind, Context context) {
    Optional<Certificate> own =
        material.certificates().stream().filter(c -> c.spki().equals(key.spki())).findFirst();
    boolean endorsed;
    String how;
    if (own.isPresent()) {
      how = "certificate of the attestation key";
      endorsed =
          new CertificateChains(context)
              .verify("tpm.ak", own.get(), candidates(material, kind, context), "tpm-", UNDERSTOOD)
              .isPresent();
    } else if (material.ekCertificate() != null
        && context.expectations().activationDigest() != null) {
      how = "credential activation under the endorsement key";
      endorsed =
          activated(material, key, context)
              && endorsementKey(material.ekCertificate(), material, kind, context);
    } else {
      how = "nobody vouches for the attestation key";
      endorsed = false;
      context
          .findings()
          .anchored(
              new TrustAnchor(
                  "tpm-ak-of-the-evidence", "tpm-ak", key.spki(), TrustAnchor.Origin.UNENDORSED));
    }
    context.findings().check(TpmRules.AK_ENDORSED, endorsed, "a certified key", how);
    return endorsed ? own : Optional.empty();
  }

  private static boolean endorsementKey(
      Certificate ek, TpmMaterial material, String kind, Context context) {
    List<String> usage = ek.extendedKeyUsage();
    boolean fits =
        context
            .findings()
            .check(
                TpmRules.EK_USAGE,
                usage.contains(TCG_KP_EK_CERTIFICATE),
                TCG_KP_EK_CERTIFICATE,
                String.join(", ", usage));
    boolean chained =
        new CertificateChains(context)
            .verify("tpm.ek", ek, candidates(material, kind, context), "tpm-ek", UNDERSTOOD)
            .isPresent();
    return fits && chained;
  }

  /** The secret came back, and it had been encrypted for this very key's name. */
  private static boolean activated(TpmMaterial material, TpmKey key, Context context) {
    Bytes credential = material.credential();
    Bytes expected = context.expectations().activationDigest();
    boolean holds =
        key.area() != null
            && credential != null
            && expected != null
            && Digests.equal(credential.sha256().toArray(), expected.toArray());
    return context
        .findings()
        .check(
            TpmRules.AK_ACTIVATED,
            holds,
            "the secret that was encrypted for this key",
            credential == null ? "no credential" : holds ? "the secret" : "something else");
  }

  private static List<Certificate> candidates(TpmMaterial material, String kind, Context context) {
    List<Certificate> all = new ArrayList<>(material.certificates());
    all.addAll(
        TpmMaterial.ofDocuments(
                List.of(), context.endorsements().find(new Endorsements.Query.OfKind(kind)))
            .certificates());
    return all;
  }

  /** The attestation key: SubjectPublicKeyInfo, and its public area where it was sent. */
  record TpmKey(Bytes spki, @Nullable TpmPublic area) {}
}
