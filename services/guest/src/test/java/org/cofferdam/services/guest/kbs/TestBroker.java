// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.kbs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Base64Text;
import org.cofferdam.core.protocol.kbs.Challenge;
import org.cofferdam.core.protocol.kbs.JweSealer;
import org.cofferdam.core.protocol.kbs.KbsAttestation;
import org.cofferdam.core.protocol.kbs.KbsError;
import org.cofferdam.core.protocol.kbs.KbsRequest;
import org.cofferdam.core.protocol.kbs.KbsVersion;
import org.cofferdam.core.protocol.kbs.TeeKey;
import org.cofferdam.core.protocol.kbs.TpmActivation;
import org.cofferdam.core.protocol.kbs.TpmOffer;
import org.cofferdam.services.guest.tpm.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * A broker for one guest: real TLS, real messages, a real credential, a verdict set by the test.
 */
public final class TestBroker implements AutoCloseable {
  private static final String COOKIE = "kbs-session-id=0123";

  private final HttpsServer server;
  private final byte[] pin;
  private final SecureRandom random = new SecureRandom();
  private final byte[] credential = Digests.sha256(new byte[] {42});
  private final String nonce = Base64Text.standard(Digests.sha256(new byte[] {43}));
  private final Map<String, byte[]> secrets = new ConcurrentHashMap<>();
  private final List<String> paths = new ArrayList<>();
  private volatile boolean refuses;
  private volatile boolean chunked;
  private volatile @Nullable KbsAttestation attestation;

  public TestBroker(Path folder) throws Exception {
    Path store = folder.resolve("broker.p12");
    if (!Files.exists(store)) {
      keytool(store);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    pin = Digests.sha256(keys.getCertificate("broker").getPublicKey().getEncoded());
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, "changeit".toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, random);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/kbs/v0/", this::handle);
    server.start();
  }

  private static void keytool(Path store) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-alias",
                "broker",
                "-dname",
                "CN=broker",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .inheritIO()
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool failed");
    }
  }

  public byte[] pin() {
    return pin.clone();
  }

  public BrokerAddress address() {
    return new BrokerAddress("127.0.0.1", server.getAddress().getPort());
  }

  public void secret(String name, String value) {
    secrets.put(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Every evidence is refused from now on. */
  public void refuse() {
    refuses = true;
  }

  /** Answers have no length but come in chunks from now on. */
  public void answerInChunks() {
    chunked = true;
  }

  public byte[] credential() {
    return credential.clone();
  }

  /** What a guest sent. */
  public KbsAttestation attestation() {
    KbsAttestation sent = attestation;
    if (sent == null) {
      throw new AssertionError("nothing was attested");
    }
    return sent;
  }

  public boolean attested() {
    return attestation != null;
  }

  public synchronized List<String> paths() {
    return List.copyOf(paths);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring("/kbs/v0/".length());
      synchronized (this) {
        paths.add(path);
      }
      byte[] body = exchange.getRequestBody().readAllBytes();
      boolean session = COOKIE.equals(exchange.getRequestHeaders().getFirst("Cookie"));
      if (path.equals("auth")) {
        answer(exchange, 200, challenge(body));
      } else if (path.equals("attest") && session) {
        KbsVersion version = KbsVersion.V0_4_0;
        attestation = KbsAttestation.fromJson(Json.parse(body), version);
        if (refuses) {
          answer(exchange, 401, new KbsError(KbsError.Variant.AttestationError, "no").toJson());
        } else {
          answer(exchange, 200, Json.object().put("token", "a.b.c").build());
        }
      } else if (session && attestation != null && !refuses) {
        resource(exchange, path.substring("resource/".length()));
      } else {
        answer(exchange, 401, new KbsError(KbsError.Variant.TokenNotFound, "no session").toJson());
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private Json challenge(byte[] body) throws GeneralSecurityException {
    KbsRequest request = KbsRequest.fromJson(Json.parse(body));
    TpmOffer made = TpmOffer.fromExtraParams(request.extraParams()).orElse(null);
    if (made == null) {
      return new Challenge(nonce, Json.of("")).toJson();
    }
    byte[][] sealed =
        Credentials.make(
            certificate(made.ekCertificate()), Credentials.name(made.akPublicArea()), credential);
    return new Challenge(nonce, new TpmActivation(sealed[0], sealed[1]).toExtraParams()).toJson();
  }

  private static PublicKey certificate(byte[] der) throws CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(der))
        .getPublicKey();
  }

  private void resource(HttpExchange exchange, String name) throws IOException {
    byte[] secret = secrets.get(name);
    if (secret == null) {
      answer(exchange, 401, new KbsError(KbsError.Variant.PolicyDeny, "denied").toJson());
      return;
    }
    TeeKey key = attestation().runtimeData().teePubkey();
    answer(exchange, 200, new JweSealer(random).seal(key, SecretBytes.copyOf(secret)).toJson());
  }

  private void answer(HttpExchange exchange, int status, Json json) throws IOException {
    byte[] body = json.write().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Set-Cookie", COOKIE + "; Path=/kbs/v0");
    exchange.sendResponseHeaders(status, chunked ? 0 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
