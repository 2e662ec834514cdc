// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoNull;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** A certificate as an object, with the field names that Go's crypto/x509 has. */
final class CertificateFields {
  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "C",
          "Country",
          "O",
          "Organization",
          "OU",
          "OrganizationalUnit",
          "L",
          "Locality",
          "ST",
          "Province",
          "STREET",
          "StreetAddress");

  private CertificateFields() {}

  static Value of(X509Certificate c) {
    Map<Value, Value> out = new HashMap<>();
    put(out, "Subject", name(c.getSubjectX500Principal()));
    put(out, "Issuer", name(c.getIssuerX500Principal()));
    put(out, "SerialNumber", RegoNumber.of(c.getSerialNumber()));
    put(out, "Version", RegoNumber.of(c.getVersion()));
    put(out, "NotBefore", RegoString.of(c.getNotBefore().toInstant().toString()));
    put(out, "NotAfter", RegoString.of(c.getNotAfter().toInstant().toString()));
    put(out, "BasicConstraintsValid", RegoBoolean.of(c.getExtensionValue("2.5.29.19") != null));
    put(out, "IsCA", RegoBoolean.of(c.getBasicConstraints() >= 0));
    put(
        out,
        "MaxPathLen",
        RegoNumber.of(c.getBasicConstraints() == Integer.MAX_VALUE ? -1 : c.getBasicConstraints()));
    put(out, "KeyUsage", RegoNumber.of(usage(c.getKeyUsage())));
    put(out, "DNSNames", strings(names(c, 2)));
    put(out, "EmailAddresses", strings(names(c, 1)));
    put(out, "IPAddresses", strings(names(c, 7)));
    put(out, "URIStrings", strings(names(c, 6)));
    put(out, "URIs", strings(names(c, 6)));
    put(out, "Signature", base64(c.getSignature()));
    put(out, "RawSubject", base64(c.getSubjectX500Principal().getEncoded()));
    put(out, "RawIssuer", base64(c.getIssuerX500Principal().getEncoded()));
    put(out, "RawSubjectPublicKeyInfo", base64(c.getPublicKey().getEncoded()));
    try {
      put(out, "Raw", base64(c.getEncoded()));
      put(out, "RawTBSCertificate", base64(c.getTBSCertificate()));
    } catch (CertificateEncodingException e) {
      throw BuiltinException.failed("x509: malformed certificate");
    }
    return RegoObject.of(out);
  }

  private static void put(Map<Value, Value> out, String key, Value v) {
    out.put(RegoString.of(key), v);
  }

  private static Value base64(byte[] b) {
    return RegoString.of(Base64.getEncoder().encodeToString(b));
  }

  private static Value strings(List<String> all) {
    return all.isEmpty() ? RegoNull.NULL : Args.arrayOf(all);
  }

  private static int usage(boolean @Nullable [] bits) {
    int n = 0;
    for (int i = 0; bits != null && i < bits.length; i++) {
      n |= bits[i] ? 1 << i : 0;
    }
    return n;
  }

  /** Alternative names of one kind, numbered as in RFC 5280's GeneralName. */
  static List<String> names(X509Certificate c, int kind) {
    List<String> out = new ArrayList<>();
    try {
      Collection<List<?>> all = c.getSubjectAlternativeNames();
      if (all != null) {
        for (List<?> n : all) {
          if (n.get(0).equals(kind) && n.get(1) instanceof String s) {
            out.add(s);
          }
        }
      }
    } catch (CertificateParsingException e) {
      throw BuiltinException.failed("x509: malformed certificate");
    }
    return out;
  }

  private static Value name(X500Principal p) {
    Map<String, List<String>> lists = new HashMap<>();
    ATTRIBUTES.values().forEach(a -> lists.put(a, new ArrayList<>()));
    Map<Value, Value> out = new HashMap<>();
    put(out, "CommonName", RegoString.EMPTY);
    put(out, "SerialNumber", RegoString.EMPTY);
    List<Value> all = new ArrayList<>();
    try {
      for (Rdn rdn : new LdapName(p.getName(X500Principal.RFC2253)).getRdns()) {
        String v = rdn.getValue() instanceof String s ? s : "";
        String type = rdn.getType();
        if (type.equals("CN")) {
          put(out, "CommonName", RegoString.of(v));
        }
        List<String> list = lists.get(ATTRIBUTES.getOrDefault(type, ""));
        if (list != null) {
          list.add(v);
        }
        Map<Value, Value> pair = new HashMap<>();
        put(pair, "Type", RegoString.of(type));
        put(pair, "Value", RegoString.of(v));
        all.add(RegoObject.of(pair));
      }
    } catch (InvalidNameException e) {
      throw BuiltinException.failed("x509: malformed name");
    }
    lists.forEach((k, v) -> put(out, k, strings(v)));
    put(out, "Names", RegoArray.of(all));
    return RegoObject.of(out);
  }

  /** The subject of a certificate request (RFC 2986). */
  static Value request(byte[] der) {
    int[] outer = header(der, 0);
    int[] info = header(der, outer[0]);
    int[] version = header(der, info[0]);
    int subject = version[1];
    int[] end = header(der, subject);
    Map<Value, Value> out = new HashMap<>();
    try {
      put(
          out,
          "Subject",
          name(new X500Principal(java.util.Arrays.copyOfRange(der, subject, end[1]))));
      put(out, "Version", RegoNumber.of(der[version[0]]));
      put(out, "Raw", base64(der));
    } catch (IllegalArgumentException e) {
      throw BuiltinException.failed("asn1: structure error");
    }
    return RegoObject.of(out);
  }

  /** Where the content of the DER element at {@code at} begins and ends. */
  private static int[] header(byte[] der, int at) {
    if (at + 2 > der.length) {
      throw BuiltinException.failed("asn1: structure error: truncated");
    }
    int n = der[at + 1] & 0xff;
    int start = at + 2;
    if (n >= 0x80) {
      int bytes = n & 0x7f;
      n = 0;
      for (int i = 0; i < bytes; i++) {
        if (i > 2 || start >= der.length) {
          throw BuiltinException.failed("asn1: structure error: bad length");
        }
        n = n << 8 | (der[start++] & 0xff);
      }
    }
    if (start + n > der.length) {
      throw BuiltinException.failed("asn1: structure error: truncated");
    }
    return new int[] {start, start + n};
  }
}
