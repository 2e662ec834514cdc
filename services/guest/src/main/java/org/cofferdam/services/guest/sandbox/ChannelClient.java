// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.cofferdam.core.attestation.Appraiser;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Outcome;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.attestation.Verified;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.attestation.ratls.RaTlsTrustManager;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.bytes.x509.Pem;
import org.cofferdam.core.reference.ReferenceSet;

/**
 * The helper's end of the attested channel: on its own loopback it speaks for the unit, and passes
 * nothing on before the other side has shown a key that is quoted for the very unit that was
 * predicted.
 */
final class ChannelClient {
  private final SSLContext tls;
  private final Watch watch;

  /** Is told how the other side was found. */
  interface Watch {
    /** It is the unit; told for each connection. */
    void attested();

    /**
     * It is not, and nothing was passed on.
     *
     * @param why for people
     */
    void refused(String why);
  }

  private ChannelClient(SSLContext tls, Watch watch) {
    this.tls = tls;
    this.watch = watch;
  }

  /** Reads whom to trust from the run's folder, which the user's own command has written. */
  static ChannelClient create(
      SandboxFolder folder, InstantSource clock, SecureRandom random, Watch watch)
      throws IOException {
    TrustAnchors anchors = new TrustAnchors(List.of());
    for (Certificate certificate : Pem.certificates(Files.readString(folder.root()))) {
      anchors =
          anchors.with(
              new TrustAnchor(
                  "development-sandbox",
                  "intel-sgx",
                  certificate.spki(),
                  TrustAnchor.Origin.DEVELOPMENT));
    }
    Document collateral = Document.of("collateral", Files.readAllBytes(folder.collateral()));
    Verifier verifier =
        Verifier.create(new JcaSignatureEngine(), Endorsements.of(anchors, List.of(collateral)));
    ReferenceSet references =
        ReferenceSet.fromJson(Json.parse(Files.readAllBytes(folder.references())));
    return create(verifier, references, clock, random, watch);
  }

  static ChannelClient create(
      Verifier verifier,
      ReferenceSet references,
      InstantSource clock,
      SecureRandom random,
      Watch watch) {
    TrustManager unit =
        new RaTlsTrustManager(
            verifier,
            () -> Expectations.at(clock.instant(), Policy.genuine()).withDevelopment(true),
            verified -> objection(verified, references, clock));
    try {
      SSLContext tls = SSLContext.getInstance("TLSv1.3");
      tls.init(null, new TrustManager[] {unit}, random);
      return new ChannelClient(tls, watch);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS 1.3", e);
    }
  }

  /** Stands on a loopback port for the same port of the unit. */
  void stand(int port) throws IOException {
    int inner = Relay.fromTcp(0, Relay.toUnix(SandboxFolder.channelSocket(port)));
    Relay.fromTcp(port, () -> connect(inner));
  }

  /** A connection to whoever answers at a loopback port, once it has shown to be the unit. */
  Relay.Ends connect(int port) throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    try {
      socket.startHandshake();
    } catch (IOException e) {
      socket.close();
      if (e.getCause() instanceof CertificateException) {
        watch.refused(String.valueOf(e.getMessage()));
      }
      throw e;
    }
    watch.attested();
    return TlsEnds.of(socket);
  }

  private static Optional<String> objection(
      Verified verified, ReferenceSet references, InstantSource clock) {
    List<Check> checks =
        new Appraiser(false).appraise(verified, references, clock.instant()).checks();
    // Without a reference value any unit would do.
    return checks.isEmpty()
        ? Optional.of("no reference value")
        : checks.stream().filter(c -> c.outcome() != Outcome.PASSED).map(Check::id).findFirst();
  }
}
