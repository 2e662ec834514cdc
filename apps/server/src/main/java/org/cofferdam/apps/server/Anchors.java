// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cofferdam.apps.server.config.DevelopmentAnchor;
import org.cofferdam.apps.server.config.ServerConfig;
import org.cofferdam.core.attestation.BuiltInAnchors;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.SuppliedAnchors;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.bytes.x509.Pem;

/** The vendors' keys, and for development those of test roots and simulators. */
final class Anchors {
  private Anchors() {}

  static TrustAnchors load(ServerConfig config) throws ServerException {
    TrustAnchors anchors = BuiltInAnchors.load();
    for (DevelopmentAnchor anchor : config.developmentAnchors()) {
      for (Bytes key : keys(anchor)) {
        anchors =
            anchors.with(
                new TrustAnchor(anchor.id(), anchor.use(), key, TrustAnchor.Origin.DEVELOPMENT));
      }
    }
    for (Path file : config.trustAnchors()) {
      anchors = with(anchors, file);
    }
    return anchors;
  }

  private static TrustAnchors with(TrustAnchors anchors, Path file) throws ServerException {
    try {
      TrustAnchors all = anchors;
      for (TrustAnchor anchor :
          SuppliedAnchors.read(Document.of(file.toString(), Files.readAllBytes(file)))) {
        all = all.with(anchor);
      }
      return all;
    } catch (IOException | MalformedEvidenceException e) {
      throw new ServerException(
          2,
          "the anchor " + file + " cannot be read: " + e.getMessage(),
          "Name a file with a certificate or a public key, in PEM, DER or as a JWK.");
    }
  }

  private static List<Bytes> keys(DevelopmentAnchor anchor) throws ServerException {
    try {
      String text = Files.readString(anchor.file());
      List<Bytes> keys =
          text.contains("BEGIN PUBLIC KEY")
              ? Pem.objects(text, "PUBLIC KEY")
              : Pem.certificates(text).stream().map(Certificate::spki).toList();
      if (!keys.isEmpty()) {
        return keys;
      }
      throw new ServerException(
          2, anchor.file() + " holds no certificate and no key", "Name a PEM file with one.");
    } catch (IOException | MalformedEvidenceException e) {
      throw new ServerException(
          2,
          "the anchor " + anchor.file() + " cannot be read: " + e.getMessage(),
          "Name a PEM file with certificates or public keys.");
    }
  }
}
