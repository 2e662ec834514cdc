// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.nitro;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.cofferdam.core.attestation.Bindings;
import org.cofferdam.core.attestation.CertificateChains;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.attestation.FormatVerifier;
import org.cofferdam.core.attestation.Rules;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.SignatureAlgorithm;
import org.cofferdam.core.bytes.cose.CoseAlgorithm;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.evidence.nitro.NitroDocument;
import org.jspecify.annotations.Nullable;

/**
 * An attestation document of AWS Nitro. AWS publishes no revocation lists for it; the leaf lives
 * three hours.
 */
public final class NitroVerifier implements FormatVerifier {
  /** As long as a leaf lives. */
  private static final Duration OLDEST = Duration.ofHours(3);

  private static final Duration SKEW = Duration.ofMinutes(5);

  @Override
  public String kind() {
    return "nitro-document";
  }

  /** An untagged or tagged array of four whose first member holds exactly {@code alg: ES384}. */
  @Override
  public boolean recognises(Evidence evidence) {
    return evidence.find(NitroVerifier::looksLike).isPresent();
  }

  private static boolean looksLike(Bytes content) {
    return Bytes.ofHex("8444a1013822").isPrefixOf(content)
        || Bytes.ofHex("d28444a1013822").isPrefixOf(content);
  }

  @Override
  public void verify(Evidence evidence, Context context) {
    NitroDocument document =
        NitroDocument.parse(
            evidence.find(NitroVerifier::looksLike).orElse(evidence.first()).content());
    Findings findings = context.findings();
    Certificate leaf = Certificate.parse(document.certificate());
    List<Certificate> bundle = document.caBundle().stream().map(Certificate::parse).toList();
    findings.check(
        NitroRules.BUNDLE,
        isOrdered(leaf, bundle),
        "root first, each issued by the one before, the last one the leaf's issuer",
        bundle.size() + " certificates");
    new CertificateChains(context).verify("nitro", leaf, bundle, "aws-nitro", Set.of());
    findings.check(
        NitroRules.LEAF,
        !leaf.mayIssue() && leaf.maySign(),
        "a signing key that is no certification authority",
        leaf.commonName());
    findings.check(
        NitroRules.SIGNATURE,
        document.message().algorithm() == CoseAlgorithm.ES384
            && context
                .signatures()
                .verify(
                    SignatureAlgorithm.ECDSA_P384_SHA384,
                    leaf.spki(),
                    document.message().toBeSigned(),
                    document.message().signature().toArray()),
        "an ES384 signature of the certified key",
        document.message().algorithm().name());
    time(document, context);
    boolean measured = Stream.of(0, 1, 2).anyMatch(i -> isSet(document, i));
    findings.check(
        NitroRules.DEBUG,
        measured,
        "PCR 0 to 2 not all zero",
        measured ? "measured" : "all zero or absent");
    Bindings.exact(context, document.nonce());
    Bytes expected = context.expectations().reportData();
    if (expected != null) {
      Bytes found = document.userData();
      findings.check(
          Rules.REPORT_DATA,
          found != null && expected.equals(found),
          expected.hex(),
          found == null ? "" : found.hex());
    }
    findings.claim("nitro", claims(document));
    findings.notChecked("nitro.revocation: AWS asks not to use revocation lists");
  }

  private static boolean isOrdered(Certificate leaf, List<Certificate> bundle) {
    for (int i = 1; i < bundle.size(); i++) {
      if (!bundle.get(i).issuer().equals(bundle.get(i - 1).subject())) {
        return false;
      }
    }
    return bundle.getFirst().isSelfIssued() && leaf.issuer().equals(bundle.getLast().subject());
  }

  private static boolean isSet(NitroDocument document, int index) {
    Bytes pcr = document.pcrs().get(index);
    return pcr != null && !pcr.isZero();
  }

  private static void time(NitroDocument document, Context context) {
    Instant at = context.expectations().at();
    Instant made = Instant.ofEpochMilli(document.timestamp());
    context
        .findings()
        .check(
            NitroRules.TIMESTAMP,
            !made.isAfter(at.plus(SKEW)) && !made.isBefore(at.minus(OLDEST)),
            "from " + at.minus(OLDEST) + " to " + at.plus(SKEW),
            made.toString());
  }

  private static Json.Obj claims(NitroDocument document) {
    Json.Builder pcrs = Json.object();
    for (Map.Entry<Integer, Bytes> pcr : document.pcrs().entrySet()) {
      pcrs.put(Integer.toString(pcr.getKey()), pcr.getValue().hex());
    }
    return Json.object()
        .put("module-id", document.moduleId())
        .put("timestamp", Instant.ofEpochMilli(document.timestamp()).toString())
        .put("tpm", document.tpm())
        .put("pcrs", pcrs.build())
        .put("public-key", hex(document.publicKey()))
        .put("user-data", hex(document.userData()))
        .put("nonce", hex(document.nonce()))
        .build();
  }

  private static Json hex(@Nullable Bytes bytes) {
    return Json.nullable(bytes == null ? null : bytes.hex());
  }
}
