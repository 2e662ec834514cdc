// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.sgx;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;

/**
 * A key in a PKCS #11 token, named by a URI (RFC 7512): {@code slot-id} (without it the first slot
 * that has a token), {@code object}, and in the query {@code module-path} and {@code pin-source}.
 * Any other attribute is refused, since Java cannot look a token up by it. Java finds a key by the
 * certificate that the token holds for it. The key does not leave the token.
 */
final class TokenKey implements SgxSignCommand.SigningKey {
  private static final List<String> KNOWN =
      List.of("slot-id", "object", "module-path", "pin-source");

  private final Provider provider;
  private final PrivateKey key;
  private final RSAPublicKey publicKey;

  private TokenKey(Provider provider, PrivateKey key, RSAPublicKey publicKey) {
    this.provider = provider;
    this.key = key;
    this.publicKey = publicKey;
  }

  static TokenKey open(String uri) throws IOException, GeneralSecurityException {
    Map<String, String> parts = parts(uri);
    String module = required(parts, "module-path");
    String object = required(parts, "object");
    String slot = parts.getOrDefault("slot-id", "");
    if (!slot.matches("[0-9]{0,10}")) {
      throw CommandException.usage(
          "slot-id is no number: " + slot, "See softhsm2-util or p11tool.");
    }
    String chosen = slot.isEmpty() ? "slotListIndex = 0" : "slot = " + slot;
    Provider base = Security.getProvider("SunPKCS11");
    if (base == null) {
      throw new GeneralSecurityException("this Java has no PKCS #11");
    }
    Provider provider =
        base.configure("--name = cofferdam\nlibrary = " + module + "\n" + chosen + "\n");
    KeyStore store = KeyStore.getInstance("PKCS11", provider);
    char[] pin = pin(required(parts, "pin-source"));
    try {
      store.load(null, pin);
    } finally {
      Arrays.fill(pin, '\0');
    }
    Certificate certificate = store.getCertificate(object);
    if (certificate == null
        || !(store.getKey(object, null) instanceof PrivateKey key)
        || !(certificate.getPublicKey() instanceof RSAPublicKey publicKey)) {
      throw new GeneralSecurityException(
          "the token has no RSA key with a certificate under the name " + object);
    }
    return new TokenKey(provider, key, publicKey);
  }

  private static Map<String, String> parts(String uri) {
    if (!uri.startsWith("pkcs11:")) {
      throw CommandException.usage(uri + " is no pkcs11: URI", "See RFC 7512.");
    }
    Map<String, String> parts = new LinkedHashMap<>();
    for (String part : uri.substring("pkcs11:".length()).split("[;?&]", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1
          || !KNOWN.contains(part.substring(0, equals))
          || parts.put(
                  part.substring(0, equals),
                  URLDecoder.decode(
                      part.substring(equals + 1).replace("+", "%2B"), StandardCharsets.UTF_8))
              != null) {
        throw CommandException.usage(
            "'" + part + "' in the pkcs11: URI is unknown, there twice, or has no value",
            "Write each of " + String.join(", ", KNOWN) + " at most once, as NAME=VALUE.");
      }
    }
    return parts;
  }

  private static String required(Map<String, String> parts, String name) {
    String value = parts.get(name);
    if (value == null || value.contains("\n")) {
      throw CommandException.usage(
          "the pkcs11: URI has no " + name,
          "pkcs11:object=NAME?module-path=LIBRARY&pin-source=file:PIN");
    }
    return value;
  }

  /** Without the line end. PINs are ASCII. */
  private static char[] pin(String source) throws IOException {
    String file = source.startsWith("file:") ? source.substring("file:".length()) : source;
    byte[] bytes = Files.readAllBytes(Path.of(file));
    int length = bytes.length;
    while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
      length--;
    }
    char[] pin = new char[length];
    for (int i = 0; i < length; i++) {
      pin[i] = (char) (bytes[i] & 0xff);
    }
    Arrays.fill(bytes, (byte) 0);
    return pin;
  }

  @Override
  public RSAPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] message) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withRSA", provider);
    signature.initSign(key);
    signature.update(message);
    return signature.sign();
  }

  @Override
  public void close() {
    if (provider instanceof AuthProvider session) {
      try {
        session.logout();
      } catch (GeneralSecurityException e) {
        throw new CommandException(
            ExitCode.UNDECIDED,
            "the token did not log out: " + e.getMessage(),
            "The signature is written; check the token.",
            e);
      }
    }
  }
}
