// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.confidentialspace;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.cofferdam.core.attestation.Bindings;
import org.cofferdam.core.attestation.CertificateChains;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.attestation.FormatVerifier;
import org.cofferdam.core.attestation.Rules;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.SignatureAlgorithm;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.evidence.confidentialspace.ConfidentialSpaceToken;

/**
 * A Confidential Space token of the PKI form: Google's service verified the hardware, and this
 * verifies Google's word for it.
 */
public final class ConfidentialSpaceVerifier implements FormatVerifier {
  private static final String ISSUER = "https://confidentialcomputing.googleapis.com";

  @Override
  public String kind() {
    return "gcp-confidential-space";
  }

  @Override
  public boolean recognises(Evidence evidence) {
    return evidence.find(ConfidentialSpaceToken::looksLike).isPresent();
  }

  @Override
  public void verify(Evidence evidence, Context context) {
    ConfidentialSpaceToken token =
        ConfidentialSpaceToken.parse(
            evidence.find(ConfidentialSpaceToken::looksLike).orElse(evidence.first()).content());
    Findings findings = context.findings();
    if (token.chain().isEmpty()) {
      findings.missing(ConfidentialSpaceRules.CHAIN_SUPPLIED, "the header x5c");
    } else {
      Certificate leaf = token.chain().getFirst();
      new CertificateChains(context)
          .verify("gcs", leaf, token.chain(), "gcp-confidential-space", Set.of());
      findings.check(
          ConfidentialSpaceRules.SIGNATURE,
          context
              .signatures()
              .verify(
                  SignatureAlgorithm.RSA_PKCS1_SHA256,
                  leaf.spki(),
                  token.signed().toArray(),
                  token.signature().toArray()),
          "an RS256 signature of the certified key",
          leaf.commonName());
    }
    Instant at = context.expectations().at();
    findings.check(
        ConfidentialSpaceRules.LIFETIME,
        !at.isBefore(token.notBefore()) && at.isBefore(token.expires()),
        at.toString(),
        token.notBefore() + " to " + token.expires());
    String issuer = context.expectations().issuer();
    String wanted = issuer == null ? ISSUER : issuer;
    findings.check(
        ConfidentialSpaceRules.ISSUER, wanted.equals(token.issuer()), wanted, token.issuer());
    audience(token, context);
    nonce(token, context);
    String product = token.claim("swname").orElse("");
    findings.check(
        ConfidentialSpaceRules.PRODUCT,
        product.equals("CONFIDENTIAL_SPACE"),
        "CONFIDENTIAL_SPACE",
        product);
    String debug = token.claim("dbgstat").orElse("");
    findings.check(
        ConfidentialSpaceRules.DEBUG,
        debug.equals("disabled-since-boot"),
        "disabled-since-boot",
        debug);
    findings.claim("confidential-space", token.claims());
    findings.notChecked("gcs.hardware: Google's service looked at the machine, not this verifier");
    findings.notChecked("gcs.revocation: the chain names no revocation list that was supplied");
  }

  private static void audience(ConfidentialSpaceToken token, Context context) {
    String audience = context.expectations().audience();
    if (audience == null) {
      context.findings().notSupplied(ConfidentialSpaceRules.AUDIENCE_GIVEN, "an audience");
      return;
    }
    context
        .findings()
        .check(
            ConfidentialSpaceRules.AUDIENCE,
            token.audiences().contains(audience),
            audience,
            String.join(", ", token.audiences()));
  }

  /** The token holds text: the challenge in hexadecimal, or its bytes where they are text. */
  private static void nonce(ConfidentialSpaceToken token, Context context) {
    Bytes nonce = context.expectations().nonce();
    if (nonce == null) {
      Bindings.noChallenge(context);
      return;
    }
    List<Bytes> found = token.nonces().stream().map(ConfidentialSpaceVerifier::bytes).toList();
    context
        .findings()
        .check(
            Rules.NONCE,
            nonce.length() > 0 && (found.contains(bytes(nonce.hex())) || found.contains(nonce)),
            nonce.hex(),
            String.join(", ", token.nonces()));
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
