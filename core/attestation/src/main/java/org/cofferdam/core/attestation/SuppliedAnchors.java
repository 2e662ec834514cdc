// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.bytes.x509.Pem;
import org.cofferdam.core.bytes.x509.PublicKeyInfo;

/**
 * Anchors that a user adds: a certificate or public key in DER or PEM, or a JSON Web Key or set of
 * them (RFC 7517). Only the key counts. They are good for every use, and results name them.
 */
public final class SuppliedAnchors {
  private static final String FORMAT = "trust anchor";

  private SuppliedAnchors() {}

  /**
   * @throws MalformedEvidenceException where the document is none of these forms
   */
  public static List<TrustAnchor> read(Document document) {
    List<TrustAnchor> anchors = new ArrayList<>();
    for (Bytes key : keys(document.content())) {
      anchors.add(
          new TrustAnchor(
              "supplied-" + key.sha256().hex().substring(0, 16),
              TrustAnchors.ANY_USE,
              key,
              TrustAnchor.Origin.SUPPLIED));
    }
    if (anchors.isEmpty()) {
      throw new MalformedEvidenceException(FORMAT, document.name(), -1, "holds no key");
    }
    return anchors;
  }

  private static List<Bytes> keys(Bytes content) {
    String text = new String(content.toArray(), StandardCharsets.ISO_8859_1).strip();
    if (text.startsWith("{")) {
      Json.Obj json = Json.parse(content.toArray()).asObject(FORMAT);
      return json.get("keys").isPresent()
          ? json.array("keys").stream().map(k -> webKey(k.asObject("key"))).toList()
          : List.of(webKey(json));
    }
    if (text.startsWith("-----BEGIN CERTIFICATE")) {
      return Pem.certificates(text).stream().map(Certificate::spki).toList();
    }
    if (text.startsWith("-----BEGIN ")) {
      return Pem.objects(text, "PUBLIC KEY").stream().map(SuppliedAnchors::publicKey).toList();
    }
    try {
      return List.of(Certificate.parse(content).spki());
    } catch (MalformedEvidenceException e) {
      return List.of(publicKey(content));
    }
  }

  /** Refuses what is no SubjectPublicKeyInfo. */
  private static Bytes publicKey(Bytes der) {
    PublicKeyInfo.rawKey(der);
    return der;
  }

  private static Bytes webKey(Json.Obj key) {
    return switch (key.string("kty")) {
      case "EC" -> {
        int width =
            switch (key.string("crv")) {
              case "P-256" -> 32;
              case "P-384" -> 48;
              case "P-521" -> 66;
              default -> throw malformed("crv", "is not known");
            };
        Bytes x = number(key, "x");
        Bytes y = number(key, "y");
        if (x.length() != width || y.length() != width) {
          throw malformed("x", "or y is not " + width + " bytes long");
        }
        yield PublicKeyInfo.ofPoint(Bytes.concat(x, y));
      }
      case "OKP" -> {
        Bytes x = number(key, "x");
        if (!key.string("crv").equals("Ed25519") || x.length() != 32) {
          throw malformed("crv", "is not Ed25519, or x has not 32 bytes");
        }
        yield PublicKeyInfo.ofEd25519(x);
      }
      case "RSA" -> PublicKeyInfo.ofRsa(number(key, "n"), number(key, "e"));
      default -> throw malformed("kty", "is not known");
    };
  }

  private static Bytes number(Json.Obj key, String name) {
    try {
      return Bytes.of(Base64.getUrlDecoder().decode(key.string(name)));
    } catch (IllegalArgumentException e) {
      throw malformed(name, "is not base64url");
    }
  }

  private static MalformedEvidenceException malformed(String field, String problem) {
    return new MalformedEvidenceException(FORMAT, field, -1, problem);
  }
}
