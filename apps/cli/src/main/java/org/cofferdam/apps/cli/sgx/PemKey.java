// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.sgx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.x509.Pem;

/** A key from a file: PKCS #8, or PKCS #1 as older tools write it. Without passphrase. */
final class PemKey implements SgxSignCommand.SigningKey {
  /** PrivateKeyInfo up to the RSAPrivateKey: version 0, rsaEncryption, NULL (RFC 5208 §5). */
  private static final byte[] RSA = Hex.decode("020100300d06092a864886f70d0101010500");

  private final PrivateKey key;
  private final RSAPublicKey publicKey;

  private PemKey(PrivateKey key, RSAPublicKey publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  static PemKey read(Path file) throws IOException, GeneralSecurityException {
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    try {
      boolean old = text.contains("BEGIN RSA PRIVATE KEY");
      List<Bytes> found = Pem.objects(text, old ? "RSA PRIVATE KEY" : "PRIVATE KEY");
      if (found.size() != 1) {
        throw CommandException.usage(
            file + " has not exactly one private key without passphrase",
            "Make one with: openssl genrsa -3 3072");
      }
      byte[] encoded = old ? wrap(found.getFirst()) : found.getFirst().toArray();
      KeyFactory rsa = KeyFactory.getInstance("RSA");
      if (!(rsa.generatePrivate(new PKCS8EncodedKeySpec(encoded))
          instanceof RSAPrivateCrtKey crt)) {
        throw new GeneralSecurityException("the key has no public exponent");
      }
      RSAPublicKeySpec spec = new RSAPublicKeySpec(crt.getModulus(), crt.getPublicExponent());
      return new PemKey(crt, (RSAPublicKey) rsa.generatePublic(spec));
    } catch (MalformedEvidenceException e) {
      throw CommandException.usage(
          file + " is no PEM file: " + e.getMessage(), "Make one with: openssl genrsa -3 3072");
    }
  }

  private static byte[] wrap(Bytes rsaPrivateKey) {
    Bytes inner =
        Bytes.concat(Bytes.of(RSA), Bytes.of(prefix(4, rsaPrivateKey.length())), rsaPrivateKey);
    return Bytes.concat(Bytes.of(prefix(0x30, inner.length())), inner).toArray();
  }

  /** Tag and length of a DER element of 256 to 65535 bytes. */
  private static byte[] prefix(int tag, int length) {
    return new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
  }

  @Override
  public RSAPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] message) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key);
    signature.update(message);
    return signature.sign();
  }

  @Override
  public void close() {
    // A key from a file holds nothing that could be given back.
  }
}
