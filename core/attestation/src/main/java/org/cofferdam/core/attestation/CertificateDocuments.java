// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.bytes.x509.Crl;
import org.cofferdam.core.bytes.x509.Pem;
import org.cofferdam.core.evidence.snp.SnpCertificateTable;

/**
 * Certificates and revocation lists among documents, whatever wraps them: DER, PEM, the table that
 * an SNP host hands to its guest, and the JSON of Azure's certificate cache. Nothing here is
 * trusted by being found; what is not readable is left out, since it can only be missed.
 */
public final class CertificateDocuments {
  /** White space before the first line of PEM is allowed as far as this. */
  private static final int HEAD = 64;

  private CertificateDocuments() {}

  /** Every certificate once, in the order found. */
  public static List<Certificate> certificates(List<Document> documents) {
    Set<Certificate> found = new LinkedHashSet<>();
    for (Document document : documents) {
      found.addAll(certificates(document.content()));
    }
    return List.copyOf(found);
  }

  public static List<Certificate> certificates(Bytes content) {
    if (isPlain(content)) {
      return plain(content);
    }
    List<Certificate> found = new ArrayList<>();
    try {
      if (startsWith(content, '{')) {
        Json.Obj json = Json.parse(content.toArray()).asObject("certificates");
        for (String member : List.of("vcekCert", "certificateChain")) {
          if (json.get(member).isPresent()) {
            found.addAll(Pem.certificates(json.string(member)));
          }
        }
      } else if (content.length() > 24) {
        for (SnpCertificateTable.Entry entry : SnpCertificateTable.parse(content).entries()) {
          // Never a table again: evidence may bring one, nested as deep as it likes.
          found.addAll(plain(entry.data()));
        }
      }
    } catch (MalformedEvidenceException e) {
      return List.of();
    }
    return found;
  }

  private static boolean isPlain(Bytes content) {
    return startsWith(content, 0x30) || isPem(content);
  }

  /** Those in DER or PEM. */
  private static List<Certificate> plain(Bytes content) {
    try {
      if (startsWith(content, 0x30)) {
        return List.of(Certificate.parse(content));
      }
      return isPem(content) ? Pem.certificates(text(content)) : List.of();
    } catch (MalformedEvidenceException e) {
      return List.of();
    }
  }

  /** Revocation lists in DER or PEM. */
  public static List<Crl> revocationLists(List<Document> documents) {
    return documents.stream().flatMap(d -> revocationLists(d.content()).stream()).toList();
  }

  private static List<Crl> revocationLists(Bytes content) {
    try {
      if (startsWith(content, 0x30)) {
        return List.of(Crl.parse(content));
      }
      return isPem(content) && text(content).contains("X509 CRL")
          ? Pem.objects(text(content), "X509 CRL").stream().map(Crl::parse).toList()
          : List.of();
    } catch (MalformedEvidenceException e) {
      return List.of();
    }
  }

  private static boolean isPem(Bytes content) {
    Bytes head = content.slice(0, Math.min(content.length(), HEAD));
    return text(head).stripLeading().startsWith("-----BEGIN ");
  }

  private static boolean startsWith(Bytes content, int octet) {
    return content.length() > 0 && content.at(0) == octet;
  }

  private static String text(Bytes content) {
    return new String(content.toArray(), StandardCharsets.ISO_8859_1);
  }
}
