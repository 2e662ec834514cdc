// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.ratls;

import java.net.Socket;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.VerificationResult;
import org.cofferdam.core.attestation.Verified;
import org.cofferdam.core.attestation.Verifier;

/**
 * Trusts a TLS peer only where the evidence in its certificate verifies and the relying party
 * accepts what it says. No certification authority counts, and the host name is not looked at: who
 * the peer is stands in the evidence. Evidence in a certificate can be relayed by who once held its
 * key; {@link TlsChallenge} binds fresh evidence to the connection after the handshake.
 */
public final class RaTlsTrustManager extends X509ExtendedTrustManager {
  private final Verifier verifier;
  private final Supplier<Expectations> expectations;
  private final Function<Verified, Optional<String>> objection;

  /**
   * @param expectations asked anew for each handshake, since they hold the time
   * @param objection looks at the verified claims (measurement, signer, version) and gives a reason
   *     to refuse, or empty to accept. There is no default: any enclave can have genuine evidence
   */
  public RaTlsTrustManager(
      Verifier verifier,
      Supplier<Expectations> expectations,
      Function<Verified, Optional<String>> objection) {
    this.verifier = verifier;
    this.expectations = expectations;
    this.objection = objection;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  /** None: no authority is trusted. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    if (chain.length == 0) {
      throw new CertificateException("the peer sent no certificate");
    }
    Expectations now = expectations.get().withKind("ra-tls-certificate");
    VerificationResult result;
    try {
      result = verifier.verify(Evidence.of(chain[0].getEncoded()), now);
    } catch (CertificateEncodingException e) {
      throw new CertificateException("the peer's certificate cannot be encoded", e);
    }
    if (!(result instanceof Verified verified)) {
      throw new CertificateException(
          "the peer's evidence is " + result.report().verdict().wire() + ": " + reasons(result));
    }
    Optional<String> reason = objection.apply(verified);
    if (reason.isPresent()) {
      throw new CertificateException("the peer is not the one expected: " + reason.get());
    }
  }

  private static List<String> reasons(VerificationResult result) {
    return result.report().checks().stream()
        .filter(c -> !c.outcome().wire().equals("passed"))
        .map(Check::id)
        .toList();
  }
}
