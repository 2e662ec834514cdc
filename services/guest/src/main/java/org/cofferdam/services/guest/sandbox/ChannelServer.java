// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.cofferdam.core.protocol.ratls.AttestedCertificate;

/**
 * The unit's end of the attested channel: TLS 1.3 under a key that was made in the unit and stands
 * in its quote. What comes through goes to the program's port on the unit's own loopback.
 */
final class ChannelServer {
  private static final Duration LIFE = Duration.ofDays(30);
  private static final int BACKLOG = 50;

  private final SSLContext tls;

  private ChannelServer(SSLContext tls) {
    this.tls = tls;
  }

  static ChannelServer create(DevelopmentDevice device, InstantSource clock, SecureRandom random)
      throws IOException {
    AttestedCertificate attested =
        AttestedCertificate.create(
            device::quote, clock.instant().minus(Duration.ofMinutes(5)), LIFE, random);
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    char[] unused = Arrays.toString(bytes).toCharArray();
    try {
      Certificate certificate =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(attested.certificate()));
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry(
          "unit", attested.key().getPrivate(), unused, new Certificate[] {certificate});
      KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
      managers.init(keys, unused);
      SSLContext tls = SSLContext.getInstance("TLSv1.3");
      tls.init(managers.getKeyManagers(), null, random);
      return new ChannelServer(tls);
    } catch (GeneralSecurityException e) {
      throw new IOException("the channel's key cannot be used", e);
    }
  }

  /** Opens the channel to a port of the program, on the Unix socket that helpers know. */
  void serve(int port) throws IOException {
    Relay.fromUnix(SandboxFolder.channelSocket(port), Relay.toTcp(listen(port)));
  }

  /** Opens the channel on a free loopback port, and says which. */
  int listen(int port) throws IOException {
    SSLServerSocket server =
        (SSLServerSocket)
            tls.getServerSocketFactory()
                .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    server.setEnabledProtocols(new String[] {"TLSv1.3"});
    Thread.ofPlatform().daemon().start(() -> accept(server, port));
    return server.getLocalPort();
  }

  private static void accept(SSLServerSocket server, int port) {
    try (server) {
      while (true) {
        SSLSocket socket = (SSLSocket) server.accept();
        Thread.ofVirtual().start(() -> join(socket, port));
      }
    } catch (IOException e) {
      System.err.println("channel: " + e.getMessage());
    }
  }

  private static void join(SSLSocket socket, int port) {
    try {
      socket.startHandshake();
      Relay.join(TlsEnds.of(socket), Relay.toTcp(port));
    } catch (IOException e) {
      System.err.println("channel: " + e.getMessage());
    }
  }
}
