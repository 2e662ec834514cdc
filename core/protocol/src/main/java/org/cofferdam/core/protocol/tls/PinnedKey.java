// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.tls;

import java.net.Socket;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;

/**
 * Trusts one TLS key and nothing else: whoever issued the certificate and whatever name and dates
 * stand in it. The owner of the secrets chose the pin; TLS itself proves that the server holds the
 * key.
 */
public final class PinnedKey extends X509ExtendedTrustManager {
  private final byte[] pin;

  private PinnedKey(byte[] pin) {
    this.pin = pin;
  }

  /**
   * A TLS 1.3 context for clients.
   *
   * @param pin SHA-256 of the server's SubjectPublicKeyInfo, 32 bytes
   */
  public static SSLContext context(byte[] pin, SecureRandom random) {
    if (pin.length != 32) {
      throw new IllegalArgumentException("a pin is a SHA-256 digest, 32 bytes");
    }
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, new TrustManager[] {new PinnedKey(pin.clone())}, random);
      return context;
    } catch (NoSuchAlgorithmException | KeyManagementException e) {
      throw new IllegalStateException("this Java has no TLS 1.3", e);
    }
  }

  /**
   * The same for a pin in text.
   *
   * @param pin {@code sha256:} and 64 hex digits
   * @throws IllegalArgumentException where it is anything else
   */
  public static SSLContext context(String pin, SecureRandom random) {
    if (!pin.matches("sha256:[0-9a-f]{64}")) {
      throw new IllegalArgumentException("a pin is sha256: and 64 hex digits, not " + pin);
    }
    return context(Hex.decode(pin.substring("sha256:".length())), random);
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    if (chain.length == 0
        || !Digests.equal(pin, Digests.sha256(chain[0].getPublicKey().getEncoded()))) {
      throw new CertificateException("the server's key is not the pinned one");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("no clients are trusted");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("no clients are trusted");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("no clients are trusted");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
