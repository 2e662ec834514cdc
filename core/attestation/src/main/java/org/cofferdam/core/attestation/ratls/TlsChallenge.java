// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.ratls;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.cofferdam.core.bytes.Bytes;

/**
 * A challenge that both ends of one TLS 1.3 connection know and nobody else: keying material of the
 * connection (RFC 8446 §7.5) over the server's key. Evidence that carries it was made for this
 * connection and cannot be relayed to another.
 */
public final class TlsChallenge {
  /** Label of the exporter. */
  public static final String LABEL = "EXPORTER-cofferdam-attestation";

  private static final int LENGTH = 32;

  private TlsChallenge() {}

  /**
   * The challenge as the client computes it, 32 bytes: the nonce to expect in evidence that the
   * server then sends over the connection.
   *
   * @throws SSLException where the peer showed no certificate, or the connection exports no keys
   */
  public static Bytes ofClient(ExtendedSSLSession session) throws SSLException {
    try {
      return of(session, Bytes.of(session.getPeerCertificates()[0].getPublicKey().getEncoded()));
    } catch (SSLPeerUnverifiedException e) {
      throw new SSLKeyException("the peer has no certificate");
    }
  }

  /** The same as the server computes it: the nonce to put into evidence. */
  public static Bytes ofServer(ExtendedSSLSession session) throws SSLException {
    return of(session, Bytes.of(session.getLocalCertificates()[0].getPublicKey().getEncoded()));
  }

  private static Bytes of(ExtendedSSLSession session, Bytes serverKey) throws SSLException {
    return Bytes.of(session.exportKeyingMaterialData(LABEL, serverKey.sha256().toArray(), LENGTH));
  }
}
