// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.CallContext;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNull;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Utf8;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** X.509 certificates, requests and keys. */
final class Certificates {
  private Certificates() {}

  static void register(Registry r) {
    r.one(
        "crypto.x509.parse_certificates",
        v -> RegoArray.of(all(Args.string(v, 1)).stream().map(CertificateFields::of).toList()));
    r.add(
        "crypto.x509.parse_and_verify_certificates",
        1,
        (c, a) -> verify(c, a[0], RegoObject.EMPTY));
    r.add(
        "crypto.x509.parse_and_verify_certificates_with_options",
        2,
        (c, a) -> verify(c, a[0], Args.object(a[1], 2)));
    r.one("crypto.x509.parse_certificate_request", v -> request(Args.string(v, 1)));
    r.two("crypto.x509.parse_keypair", (c, k) -> keyPair(Args.string(c, 1), Args.string(k, 2)));
    r.one("crypto.x509.parse_rsa_private_key", v -> rsa(Args.string(v, 1)));
    r.one("crypto.parse_private_keys", v -> keys(Args.string(v, 1)));
  }

  static X509Certificate parse(byte[] der, String failure) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw BuiltinException.failed(failure);
    }
  }

  /** PEM, base64 of PEM, or base64 of DER, one certificate behind the other. */
  private static List<X509Certificate> all(String text) {
    List<X509Certificate> out = new ArrayList<>();
    String pem = pemOf(text);
    if (pem != null) {
      for (Pem.Block b : Pem.blocks(pem)) {
        if (!b.type().equals("CERTIFICATE")) {
          throw BuiltinException.failed("PEM-encoded data contains a block that is no certificate");
        }
        out.add(parse(b.der(), "x509: malformed certificate"));
      }
      return out;
    }
    ByteArrayInputStream in = new ByteArrayInputStream(Encoding.base64(text));
    try {
      CertificateFactory f = CertificateFactory.getInstance("X.509");
      while (in.available() > 0) {
        out.add((X509Certificate) f.generateCertificate(in));
      }
    } catch (CertificateException e) {
      throw BuiltinException.failed("x509: malformed certificate");
    }
    return out;
  }

  private static @Nullable String pemOf(String text) {
    if (text.contains("-----BEGIN")) {
      return text;
    }
    String decoded = Utf8.decode(Encoding.base64(text));
    return decoded.contains("-----BEGIN") ? decoded : null;
  }

  private static Value verify(CallContext c, Value text, RegoObject options) {
    List<X509Certificate> all = all(Args.string(text, 1));
    Value no = RegoArray.of(RegoBoolean.FALSE, RegoArray.EMPTY);
    if (all.size() < 2) {
      throw BuiltinException.failed("must supply at least two certificates to be able to verify");
    }
    // The first is the root, the last the leaf, which the answer turns around.
    List<X509Certificate> path = all.subList(1, all.size()).reversed();
    try {
      Date at = Date.from(c.now());
      if (options.get("CurrentTime") instanceof RegoNumber n) {
        at = Date.from(Instant.EPOCH.plusNanos(n.toBigInteger().longValue()));
      }
      if (options.get("DNSName") instanceof RegoString name
          && !CertificateFields.names(path.getFirst(), 2).contains(name.value())) {
        return no;
      }
      PKIXParameters p = new PKIXParameters(Set.of(new TrustAnchor(all.getFirst(), null)));
      p.setRevocationEnabled(false);
      p.setDate(at);
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), p);
    } catch (GeneralSecurityException e) {
      return no;
    }
    return RegoArray.of(
        RegoBoolean.TRUE,
        RegoArray.of(all.reversed().stream().map(CertificateFields::of).toList()));
  }

  private static Value request(String text) {
    String pem = pemOf(text);
    if (pem == null) {
      return CertificateFields.request(Encoding.base64(text));
    }
    List<Pem.Block> blocks = Pem.blocks(pem);
    if (blocks.isEmpty()) {
      throw BuiltinException.failed("invalid PEM-encoded certificate signing request");
    }
    return CertificateFields.request(blocks.getFirst().der());
  }

  private static Value keyPair(String cert, String key) {
    List<X509Certificate> certs = all(cert);
    String pem = pemOf(key);
    List<Pem.Block> blocks = pem == null ? List.of() : Pem.blocks(pem);
    if (certs.isEmpty() || blocks.isEmpty()) {
      throw BuiltinException.failed("failed to find any PEM data in certificate or key input");
    }
    Keys.secret(blocks.getFirst().der(), blocks.getFirst().type().startsWith("RSA"));
    List<Value> ders = new ArrayList<>();
    try {
      for (X509Certificate c : certs) {
        ders.add(RegoString.of(Base64.getEncoder().encodeToString(c.getEncoded())));
      }
    } catch (CertificateException e) {
      throw BuiltinException.failed("x509: malformed certificate");
    }
    Map<Value, Value> out = new HashMap<>();
    out.put(RegoString.of("Certificate"), RegoArray.of(ders));
    out.put(RegoString.of("Leaf"), CertificateFields.of(certs.getFirst()));
    return RegoObject.of(out);
  }

  private static Value rsa(String text) {
    String pem = pemOf(text);
    List<Pem.Block> blocks = pem == null ? List.of() : Pem.blocks(pem);
    if (blocks.isEmpty()
        || !(Keys.secret(blocks.getFirst().der(), blocks.getFirst().type().startsWith("RSA"))
            instanceof RSAPrivateCrtKey k)) {
      throw BuiltinException.failed("failed to parse an RSA private key");
    }
    return Jwk.of(k);
  }

  private static Value keys(String text) {
    if (text.isEmpty()) {
      return RegoNull.NULL;
    }
    String pem = text.contains("-----BEGIN") ? text : "";
    if (pem.isEmpty()) {
      try {
        pem = Utf8.decode(Encoding.base64(text));
      } catch (BuiltinException e) {
        return RegoArray.EMPTY;
      }
    }
    List<Value> out = new ArrayList<>();
    for (Pem.Block b : Pem.blocks(pem)) {
      if (Keys.secret(b.der(), b.type().startsWith("RSA")) instanceof RSAPrivateCrtKey k) {
        out.add(Jwk.of(k));
      }
    }
    return RegoArray.of(out);
  }
}
