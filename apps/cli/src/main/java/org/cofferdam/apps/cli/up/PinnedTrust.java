// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;

/**
 * Accepts exactly one server key, whatever certificate carries it; names and issuers are not looked
 * at.
 */
public final class PinnedTrust extends X509ExtendedTrustManager {
  private final byte[] pin;

  private PinnedTrust(byte[] pin) {
    this.pin = pin;
  }

  /**
   * @param pin {@code sha256:HEX}, the digest of the key's SubjectPublicKeyInfo
   */
  public static SSLContext context(String pin) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    byte[] digest = Hex.decode(pin.substring("sha256:".length()));
    context.init(null, new TrustManager[] {new PinnedTrust(digest)}, null);
    return context;
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    if (!Digests.equal(pin, Digests.sha256(chain[0].getPublicKey().getEncoded()))) {
      throw new CertificateException("the server's key is not the one that was pinned");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this context is for clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("this context is for clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this context is for clients");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
