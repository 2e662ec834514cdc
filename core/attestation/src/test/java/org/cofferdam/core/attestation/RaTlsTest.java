// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cofferdam.core.attestation.Minted.FROM;
import static org.cofferdam.core.attestation.Minted.failed;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.cofferdam.core.attestation.ratls.RaTlsTrustManager;
import org.cofferdam.core.attestation.ratls.RaTlsVerifier;
import org.cofferdam.core.attestation.ratls.TlsChallenge;
import org.cofferdam.core.attestation.snp.SnpVerifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestAmd;
import org.cofferdam.quality.foundry.TestRaTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates that carry evidence, over real TLS connections. SNP reports stand in for quotes. */
class RaTlsTest {
  private static final TestAmd AMD =
      new TestAmd(
          TestAmd.Keys.generate(), new TestAmd.Machine("Genoa", 5, false), FROM, Hook.none());

  private static Verifier verifier() {
    TrustAnchors anchors =
        new TrustAnchors(
            List.of(
                new TrustAnchor(
                    "foundry",
                    TrustAnchors.ANY_USE,
                    Bytes.of(AMD.rootPublicKey()),
                    TrustAnchor.Origin.DEVELOPMENT)));
    return new Verifier(
        new JcaSignatureEngine(),
        Endorsements.of(anchors, List.of(Document.of("table", AMD.certificateTable()))),
        List.of(new RaTlsVerifier(List.of(new SnpVerifier()))));
  }

  private static TestRaTls tls(Hook hook) {
    return new TestRaTls(reportData -> AMD.report(reportData, Minted.count(48)), FROM, hook);
  }

  private static VerificationResult verify(Hook hook) {
    return verifier().verify(Evidence.of(tls(hook).certificate()), Minted.expect());
  }

  @Test
  void good() {
    VerificationResult result = verify(Hook.none());
    assertThat(failed(result)).isEmpty();
    assertThat(result).isInstanceOf(DevelopmentEvidence.class);
    assertThat(result.report().insecure()).contains("ratls.fresh");
  }

  @ParameterizedTest
  @CsvSource({
    "tls.signature, ratls.self-signature",
    "tls.key-hash, ratls.key-hash",
    "tls.report-data, binding.report-data",
  })
  void eachRuleAlone(String field, String check) {
    assertThat(failed(verify(Hook.flip(field)))).containsExactly(check);
  }

  @Test
  void claimsWithoutTheKeyAreRefused() {
    assertThat(failed(verify(Hook.replace("tls.claims", new byte[] {(byte) 0xa0}))))
        .containsExactly("ra-tls-certificate.structure");
  }

  @Test
  void aChallengeThatTheCertificateLacks() {
    VerificationResult result =
        verifier()
            .verify(
                Evidence.of(tls(Hook.none()).certificate()),
                Minted.expect().withNonce(Bytes.of(Minted.count(32))));
    assertThat(failed(result)).containsExactly("binding.nonce");
  }

  @Test
  void aConnectionToTheExpectedPeerAndItsChallenge() throws Exception {
    RaTlsTrustManager trust =
        new RaTlsTrustManager(verifier(), Minted::expect, v -> Optional.empty());
    assertThat(connect(tls(Hook.none()), trust)).hasSize(2).doesNotContainNull();
    List<Bytes> ends = connect(tls(Hook.none()), trust);
    assertThat(ends.get(0)).isEqualTo(ends.get(1));
    assertThat(ends.get(0).length()).isEqualTo(32);
    assertThat(connect(tls(Hook.none()), trust).getFirst()).isNotEqualTo(ends.getFirst());
  }

  @Test
  void peersThatAreRefused() {
    RaTlsTrustManager any =
        new RaTlsTrustManager(verifier(), Minted::expect, v -> Optional.empty());
    assertThatThrownBy(() -> connect(tls(Hook.flip("tls.key-hash")), any))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("ratls.key-hash");
    RaTlsTrustManager picky =
        new RaTlsTrustManager(
            verifier(), Minted::expect, v -> Optional.of("measurement is another"));
    assertThatThrownBy(() -> connect(tls(Hook.none()), picky))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("measurement is another");
    RaTlsTrustManager real =
        new RaTlsTrustManager(
            verifier(), () -> Minted.expect().withDevelopment(false), v -> Optional.empty());
    assertThatThrownBy(() -> connect(tls(Hook.none()), real))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("development.allowed");
  }

  /** The challenge as each end computes it. */
  private static List<Bytes> connect(TestRaTls server, TrustManager trust) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        SSLServerSocket listener =
            (SSLServerSocket)
                context(server)
                    .getServerSocketFactory()
                    .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Future<Bytes> other = threads.submit(() -> serve(listener));
      SSLContext client = SSLContext.getInstance("TLSv1.3");
      client.init(null, new TrustManager[] {trust}, new SecureRandom());
      Bytes own;
      try (SSLSocket socket =
          (SSLSocket)
              client
                  .getSocketFactory()
                  .createSocket(listener.getInetAddress(), listener.getLocalPort())) {
        socket.startHandshake();
        own = TlsChallenge.ofClient((ExtendedSSLSession) socket.getSession());
        socket.getOutputStream().write(1);
        socket.getOutputStream().flush();
        return List.of(own, other.get());
      } catch (ExecutionException e) {
        throw new IOException(e);
      }
    }
  }

  private static Bytes serve(SSLServerSocket listener) throws IOException {
    try (SSLSocket socket = (SSLSocket) listener.accept()) {
      socket.startHandshake();
      Bytes challenge = TlsChallenge.ofServer((ExtendedSSLSession) socket.getSession());
      assertThat(socket.getInputStream().read()).isEqualTo(1);
      return challenge;
    }
  }

  private static SSLContext context(TestRaTls server) throws GeneralSecurityException, IOException {
    Certificate certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(server.certificate()));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("key", server.privateKey(), new char[0], new Certificate[] {certificate});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(keys.getKeyManagers(), null, new SecureRandom());
    return context;
  }
}
