// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.uvm;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.attestation.FormatVerifier.Context;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.evidence.snp.SnpReport;
import org.cofferdam.core.evidence.uvm.DidX509;
import org.cofferdam.core.evidence.uvm.UvmEndorsement;

/** Checks an endorsement, and what a report must have in common with it and with a policy. */
public final class UvmChecks {
  private static final Pattern REGO = Pattern.compile("(?m)^package\\s+[a-z]");

  private final Context context;
  private final Findings findings;

  public UvmChecks(Context context) {
    this.context = context;
    this.findings = context.findings();
  }

  /** Looks at the endorsements and policies among the documents that came with a report. */
  public void beside(SnpReport report, List<Document> documents) {
    for (Document document : documents) {
      if (UvmEndorsement.looksLike(document.content())) {
        UvmEndorsement endorsement = UvmEndorsement.parse(document.content());
        verify(endorsement);
        findings.check(
            UvmRules.MEASUREMENT,
            endorsement.launchMeasurement().equals(report.measurement()),
            endorsement.launchMeasurement().hex(),
            report.measurement().hex());
      } else {
        policy(document.content())
            .ifPresent(
                policy ->
                    findings.check(
                        UvmRules.HOST_DATA,
                        policy.sha256().equals(report.hostData()),
                        policy.sha256().hex(),
                        report.hostData().hex()));
      }
    }
  }

  /** Signature, chain and identifier; then what the relying party expects of them. */
  public void verify(UvmEndorsement endorsement) {
    List<Certificate> chain = endorsement.chain();
    Certificate leaf = chain.getFirst();
    Instant signed =
        endorsement.signingTime() == null ? context.expectations().at() : endorsement.signingTime();
    String problem = problem(endorsement, signed);
    findings.check(
        UvmRules.ENDORSEMENT,
        problem.isEmpty(),
        "a valid signature under " + endorsement.issuer(),
        problem.isEmpty() ? "valid at " + signed : problem);
    boolean current = chain.stream().allMatch(c -> c.isValidAt(context.expectations().at()));
    findings.check(
        UvmRules.CURRENT,
        current,
        "certificates valid at " + context.expectations().at(),
        leaf.notBefore() + " to " + leaf.notAfter());
    findings.notChecked("aci.timestamp: the RFC 3161 time-stamp in the unprotected header");
    String issuer = context.expectations().issuer();
    if (issuer == null) {
      findings.notSupplied(UvmRules.ISSUER_EXPECTED, "the expected issuer");
    } else {
      findings.check(
          UvmRules.ISSUER, issuer.equals(endorsement.issuer()), issuer, endorsement.issuer());
    }
    String feed = context.expectations().feed();
    if (feed == null) {
      findings.notChecked("aci.feed: no feed was expected");
    } else {
      findings.check(UvmRules.FEED, feed.equals(endorsement.feed()), feed, endorsement.feed());
    }
    findings.claim(
        "uvm",
        Json.object()
            .put("issuer", endorsement.issuer())
            .put("feed", endorsement.feed())
            .put("signing-time", signed.toString())
            .put("launch-measurement", endorsement.launchMeasurement().hex())
            .put("guest-svn", endorsement.guestSvn())
            .build());
  }

  /** Empty where the signature holds under the identifier. */
  private String problem(UvmEndorsement endorsement, Instant signed) {
    List<Certificate> chain = endorsement.chain();
    Certificate leaf = chain.getFirst();
    DidX509 did;
    try {
      did = DidX509.parse(endorsement.issuer());
    } catch (MalformedEvidenceException e) {
      return String.valueOf(e.getMessage());
    }
    for (int i = 0; i < chain.size(); i++) {
      Certificate certificate = chain.get(i);
      Certificate issuer = chain.get(Math.min(i + 1, chain.size() - 1));
      boolean last = i == chain.size() - 1;
      if (last && !certificate.isSelfIssued()) {
        break;
      }
      if (!certificate.isIssuedBy(issuer, context.signatures())) {
        return certificate.commonName() + " is not signed by " + issuer.commonName();
      }
    }
    for (int i = 1; i < chain.size(); i++) {
      if (!chain.get(i).mayIssue() || chain.get(i).pathLength().orElse(0) < i - 1) {
        return chain.get(i).commonName() + " may not issue this chain";
      }
    }
    for (Certificate certificate : chain) {
      if (!certificate.isValidAt(signed)) {
        return certificate.commonName() + " was not valid at " + signed;
      }
      if (!certificate.unknownCritical(Set.of()).isEmpty()) {
        return certificate.commonName() + " has an unknown critical extension";
      }
    }
    if (chain.stream().skip(1).noneMatch(c -> c.encoded().sha256().equals(did.caFingerprint()))) {
      return "the identifier's fingerprint fits no CA certificate of the chain";
    }
    if (!leaf.maySign() || !leaf.extendedKeyUsage().containsAll(did.extendedKeyUsages())) {
      return "the signer's certificate lacks a usage that the identifier names";
    }
    Bytes leafHash = endorsement.leafHash();
    if (leafHash != null && !leafHash.equals(leaf.encoded().sha256())) {
      return "x5t is not the hash of the signer's certificate";
    }
    return context
            .signatures()
            .verify(
                endorsement.message().algorithm().scheme(),
                leaf.spki(),
                endorsement.message().toBeSigned(),
                endorsement.message().signature().toArray())
        ? ""
        : "the signature does not verify";
  }

  /** The policy's own bytes: Rego text, or such a text in base64 as the guest is given it. */
  private static Optional<Bytes> policy(Bytes content) {
    if (isRego(content)) {
      return Optional.of(content);
    }
    try {
      String text = new String(content.toArray(), StandardCharsets.ISO_8859_1).strip();
      Bytes decoded = Bytes.of(Base64.getDecoder().decode(text));
      return isRego(decoded) ? Optional.of(decoded) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isRego(Bytes content) {
    try {
      return REGO.matcher(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content.toArray())))
          .find();
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
