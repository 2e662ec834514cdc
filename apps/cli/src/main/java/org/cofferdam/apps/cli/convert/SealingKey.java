// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.convert;

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
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.patterns.pod.kata.KataOptions;

/**
 * The key that signs sealed secrets: P-256, in a folder that holds {@code sealing-key.pem} and, for
 * the broker, {@code sealing-key.public.jwk}. Made when it is first needed.
 */
final class SealingKey implements KataOptions.Signer {
  private final Path folder;
  private final Map<String, byte[]> signatures = new HashMap<>();
  private byte[] pkcs8 = {};

  SealingKey(Path folder) {
    this.folder = folder;
  }

  /** One signature for one text, however many workloads use the Secret. */
  @Override
  public byte[] sign(byte[] data) {
    return signatures.computeIfAbsent(
        new String(data, StandardCharsets.US_ASCII), text -> signed(data));
  }

  private byte[] signed(byte[] data) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(key());
      signature.update(data);
      return signature.sign();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the sealing key cannot be used: " + e.getMessage(), e);
    }
  }

  private PrivateKey key() throws GeneralSecurityException, IOException {
    Path file = folder.resolve("sealing-key.pem");
    if (pkcs8.length == 0) {
      pkcs8 = Files.exists(file) ? read(file) : make(file);
    }
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  private static byte[] read(Path file) throws IOException {
    String text = Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", "");
    return Base64.getDecoder().decode(text);
  }

  private byte[] make(Path file) throws GeneralSecurityException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    byte[] encoded = pair.getPrivate().getEncoded();
    Files.createDirectories(folder);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file,
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded)
            + "\n-----END PRIVATE KEY-----\n");
    ECPublicKey key = (ECPublicKey) pair.getPublic();
    Files.writeString(
        folder.resolve("sealing-key.public.jwk"),
        Json.object()
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("alg", "ES256")
                .put("x", coordinate(key.getW().getAffineX().toByteArray()))
                .put("y", coordinate(key.getW().getAffineY().toByteArray()))
                .build()
                .pretty()
            + "\n");
    return encoded;
  }

  /** 32 bytes, big-endian. */
  private static String coordinate(byte[] number) {
    byte[] fixed = new byte[32];
    int skip = Math.max(0, number.length - fixed.length);
    System.arraycopy(
        number, skip, fixed, fixed.length - (number.length - skip), number.length - skip);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
  }
}
