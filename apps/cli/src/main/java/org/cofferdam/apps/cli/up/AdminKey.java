// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.cofferdam.core.bytes.json.Json;

/**
 * The administrator's Ed25519 key of a local server. It signs short-lived tokens (JWT, EdDSA, RFC
 * 8037) and never leaves the home folder; the server is given the public half.
 */
public final class AdminKey {
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(2);

  private final PrivateKey key;
  private final Path publicKey;

  private AdminKey(PrivateKey key, Path publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  /** Reads the key of {@code folder}, or makes one there, readable by its owner only. */
  public static AdminKey in(Path folder) throws IOException, GeneralSecurityException {
    Path secret = folder.resolve("admin.key");
    Path open = folder.resolve("admin.pub");
    if (Files.notExists(secret)) {
      Files.createDirectories(folder);
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      Files.writeString(open, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
      Path fresh =
          Files.createTempFile(
              folder,
              "admin",
              ".key",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(fresh, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
      Files.move(fresh, secret);
    }
    String body = Files.readString(secret).replaceAll("-----[A-Z ]+-----|\\s", "");
    return new AdminKey(
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body))),
        open);
  }

  /** PEM file of the public half, for the server's configuration. */
  Path publicKey() {
    return publicKey;
  }

  /** A bearer token that names the administrator's role. */
  public String token(Instant now) throws GeneralSecurityException {
    Json header = Json.object().put("alg", "EdDSA").put("typ", "JWT").build();
    Json claims =
        Json.object()
            .put("sub", "local-administrator")
            .put("role", "admin")
            .put("iat", now.getEpochSecond())
            .put("exp", now.plus(TOKEN_LIFE).getEpochSecond())
            .build();
    String signed = part(header) + "." + part(claims);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key);
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + base64url(signature.sign());
  }

  private static String part(Json json) {
    return base64url(json.write().getBytes(StandardCharsets.UTF_8));
  }

  private static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String pem(String name, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + name + "-----\n" + body + "\n-----END " + name + "-----\n";
  }
}
