// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.agent.rehearsal;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Challenge;
import org.cofferdam.core.protocol.kbs.JweSealer;
import org.cofferdam.core.protocol.kbs.KbsAttestation;
import org.cofferdam.core.protocol.kbs.KbsVersion;
import org.cofferdam.core.protocol.kbs.TeeKey;
import org.cofferdam.core.protocol.kbs.TpmActivation;

/** Says a broker's lines to one guest on loopback; checks nothing and has no secrets. */
final class StageBroker implements AutoCloseable {
  private static final char[] PASSWORD = {};

  private final SSLServerSocket server;
  private final byte[] pin;
  private final SecureRandom random = new SecureRandom();

  StageBroker() throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair key = generator.generateKeyPair();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    store.setKeyEntry("broker", key.getPrivate(), PASSWORD, new Certificate[] {SelfSigned.of(key)});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLSv1.3");
    tls.init(keys.getKeyManagers(), null, random);
    this.pin = Digests.sha256(key.getPublic().getEncoded());
    this.server =
        (SSLServerSocket)
            tls.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  int port() {
    return server.getLocalPort();
  }

  /** SHA-256 of its SubjectPublicKeyInfo. */
  byte[] pin() {
    return pin.clone();
  }

  /** Answers auth, attest and one resource on one connection. */
  void play() throws IOException {
    try (SSLSocket guest = (SSLSocket) server.accept()) {
      TpmActivation task = new TpmActivation(new byte[2], new byte[2]);
      hear(guest);
      say(guest, new Challenge("AAAA", task.toExtraParams()).toJson());
      String attestation = hear(guest);
      say(guest, Json.object().put("token", "a.b.c").build());
      hear(guest);
      Json body = Json.parse(attestation.getBytes(StandardCharsets.UTF_8));
      TeeKey key = KbsAttestation.fromJson(body, KbsVersion.V0_4_0).runtimeData().teePubkey();
      SecretBytes secret = SecretBytes.copyOf(new byte[] {1});
      say(guest, new JweSealer(random).seal(key, secret).toJson());
    }
  }

  /** The body of one request; each comes in one write and so in one record. */
  private static String hear(SSLSocket guest) throws IOException {
    byte[] record = new byte[1 << 14];
    int length = guest.getInputStream().read(record);
    String request = new String(record, 0, Math.max(length, 0), StandardCharsets.UTF_8);
    return request.substring(request.indexOf("\r\n\r\n") + 4);
  }

  private static void say(SSLSocket guest, Json json) throws IOException {
    String body = json.write();
    String answer =
        "HTTP/1.1 200 OK\r\nSet-Cookie: kbs-session-id=0\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    guest.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
