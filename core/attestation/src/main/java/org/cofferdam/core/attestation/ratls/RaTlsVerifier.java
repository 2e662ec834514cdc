// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.ratls;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.attestation.Bindings;
import org.cofferdam.core.attestation.CertificateDocuments;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Findings;
import org.cofferdam.core.attestation.FormatVerifier;
import org.cofferdam.core.attestation.Rule;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.evidence.ratls.RaTlsCertificate;

/**
 * A certificate with a quote inside. The quote's report data binds the certificate's key, so that
 * whoever proves possession of the key speaks for the enclave. The certificate's dates say nothing
 * of freshness, and evidence inside the handshake can be relayed: both are reported.
 */
public final class RaTlsVerifier implements FormatVerifier {
  private static final Rule SELF_SIGNED =
      Rule.proof(
          "ratls.self-signature",
          "Who made the certificate must hold its key.",
          "Send the certificate as the enclave made it.");
  private static final Rule KEY_HASH =
      Rule.proof(
          "ratls.key-hash",
          "Claims about another key say nothing of this connection.",
          "Send the certificate as the enclave made it.");
  private static final Rule QUOTE =
      Rule.proof(
          "ratls.quote",
          "An extension without a quote of a known kind proves nothing.",
          "Use an enclave or trust domain with DCAP quotes.");
  private static final Rule VALIDITY =
      Rule.policy(
          "ratls.validity",
          "A certificate outside of its dates is refused by any TLS peer.",
          "Take a fresh certificate.");
  private static final Rule FRESH =
      Rule.hardening(
          "ratls.fresh",
          "Evidence made before the connection can be relayed by who once had the key.",
          "Bind the evidence to the connection after the handshake.");

  private final List<FormatVerifier> quotes;

  /**
   * @param quotes verifiers of what the extension may hold
   */
  public RaTlsVerifier(List<FormatVerifier> quotes) {
    this.quotes = List.copyOf(quotes);
  }

  @Override
  public String kind() {
    return "ra-tls-certificate";
  }

  @Override
  public boolean recognises(Evidence evidence) {
    return certificate(evidence).isPresent();
  }

  /** The first certificate of a document: a TLS peer sends its own first. */
  private static Optional<Certificate> certificate(Evidence evidence) {
    return evidence.documents().stream()
        .flatMap(d -> CertificateDocuments.certificates(d.content()).stream().limit(1))
        .filter(RaTlsCertificate::carries)
        .findFirst();
  }

  @Override
  public void verify(Evidence evidence, Context context) {
    Findings findings = context.findings();
    Optional<Certificate> certificate = certificate(evidence);
    if (!findings.check(
        QUOTE, certificate.isPresent(), "a certificate with a quote", "looked for")) {
      return;
    }
    RaTlsCertificate ratls = RaTlsCertificate.parse(certificate.get());
    Certificate own = ratls.certificate();
    findings.check(
        SELF_SIGNED,
        own.isIssuedBy(own, context.signatures()),
        "a signature of its own key",
        own.commonName());
    findings.check(
        VALIDITY,
        own.isValidAt(context.expectations().at()),
        context.expectations().at().toString(),
        own.notBefore() + " to " + own.notAfter());
    Bytes bound = bound(ratls, findings);
    if (ratls.nonce() == null && context.expectations().nonce() == null) {
      findings.check(FRESH, false, "a challenge inside", "none");
    } else {
      Bindings.exact(context, ratls.nonce());
    }
    findings.claim(
        "ratls",
        Json.object()
            .put("scheme", ratls.scheme().name())
            .put("public-key-sha256", own.spki().sha256().hex())
            .build());
    Evidence quote = Evidence.of(ratls.quote().toArray());
    Optional<FormatVerifier> format = quotes.stream().filter(f -> f.recognises(quote)).findFirst();
    if (findings.check(
        QUOTE,
        format.isPresent(),
        "an SGX or TDX quote",
        format.map(FormatVerifier::kind).orElse("unknown"))) {
      format
          .get()
          .verify(
              quote,
              new Context(
                  context.expectations().withKind(null).withNonce(null).withReportData(bound),
                  context.endorsements(),
                  context.signatures(),
                  findings));
    }
  }

  /** What the quote's report data must be, all 64 bytes. */
  private static Bytes bound(RaTlsCertificate ratls, Findings findings) {
    Bytes claims = ratls.claims();
    RaTlsCertificate.KeyHash hash = ratls.publicKeyHash();
    Bytes key = ratls.certificate().spki();
    if (claims == null || hash == null) {
      return padded(key.sha256());
    }
    Bytes expected =
        switch (hash.algorithm()) {
          case 1 -> key.sha256();
          case 7 -> key.sha384();
          default -> key.sha512();
        };
    findings.check(KEY_HASH, expected.equals(hash.hash()), expected.hex(), hash.hash().hex());
    return padded(claims.sha256());
  }

  private static Bytes padded(Bytes digest) {
    return Bytes.of(Arrays.copyOf(digest.toArray(), 64));
  }
}
