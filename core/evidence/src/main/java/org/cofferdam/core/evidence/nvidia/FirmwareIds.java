// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.nvidia;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.der.DerElement;
import org.cofferdam.core.bytes.der.DerReader;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.bytes.x509.Extension;

/**
 * Which firmware an attestation key was derived for, from the DICE extension of its certificate.
 * There are two forms: up to Hopper {@code SEQUENCE { INTEGER 1, SubjectPublicKeyInfo, FWID }}
 * under {@value #COMPOSITE_DEVICE_ID}, from Blackwell on DiceTcbInfo (TCG DICE Attestation
 * Architecture §6.1.1) under {@value #TCB_INFO}. FWID is {@code SEQUENCE { hash OID, digest }}.
 */
public final class FirmwareIds {
  public static final String COMPOSITE_DEVICE_ID = "2.23.133.5.4.1";
  public static final String TCB_INFO = "2.23.133.5.4.1.1";

  /** Both extensions, for who must say that it understands them. */
  public static final Set<String> OIDS = Set.of(COMPOSITE_DEVICE_ID, TCB_INFO);

  private static final String FORMAT = "DICE extension";
  private static final String SHA384 = "2.16.840.1.101.3.4.2.2";
  private static final int FWIDS = 6;

  private FirmwareIds() {}

  /**
   * SHA-384 digests without the empty places of a list; empty where the certificate has neither
   * extension.
   *
   * @throws MalformedEvidenceException where the extension has another form
   */
  public static List<Bytes> of(Certificate certificate) {
    Optional<Extension> info = certificate.extension(TCB_INFO);
    if (info.isPresent()) {
      return tcbInfo(info.get().value());
    }
    return certificate
        .extension(COMPOSITE_DEVICE_ID)
        .map(e -> composite(e.value()))
        .orElse(List.of());
  }

  private static List<Bytes> composite(Bytes value) {
    DerReader members = DerReader.single(FORMAT, value).expect(DerElement.SEQUENCE).children();
    members.next("version").integer(1, 1);
    members.next("deviceID", DerElement.SEQUENCE);
    Bytes digest = digest(members.next("fwid"));
    members.end("fwid");
    return List.of(digest);
  }

  private static List<Bytes> tcbInfo(Bytes value) {
    List<Bytes> digests = new ArrayList<>();
    DerReader members = DerReader.single(FORMAT, value).expect(DerElement.SEQUENCE).children();
    for (DerElement member : members.rest("member")) {
      if (member.tag() == DerElement.context(FWIDS)) {
        for (DerElement entry : member.children().rest("fwids")) {
          Bytes digest = digest(entry);
          if (!digest.isZero()) {
            digests.add(digest);
          }
        }
      }
    }
    return digests;
  }

  private static Bytes digest(DerElement fwid) {
    DerReader parts = fwid.expect(DerElement.SEQUENCE).children();
    DerElement algorithm = parts.next("hashAlg");
    if (!algorithm.oid().equals(SHA384)) {
      throw algorithm.malformed("is not SHA-384");
    }
    Bytes digest = parts.next("digest").octets();
    parts.end("digest");
    if (digest.length() != 48) {
      throw new MalformedEvidenceException(FORMAT, "fwid", -1, "is not 48 bytes long");
    }
    return digest;
  }
}
