// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.cofferdam.apps.server.config.DevelopmentAnchor;
import org.cofferdam.apps.server.config.ServerConfig;
import org.cofferdam.core.attestation.BuiltInAnchors;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.bytes.x509.Pem;

/** The vendors' keys, and for development those of test roots and simulators. */
final class Anchors {
  private Anchors() {}

  static TrustAnchors load(ServerConfig config) throws ServerException {
    TrustAnchors anchors = BuiltInAnchors.load();
    for (DevelopmentAnchor anchor : config.developmentAnchors()) {
      for (Certificate certificate : certificates(anchor)) {
        anchors =
            anchors.with(
                new TrustAnchor(
                    anchor.id(), anchor.use(), certificate.spki(), TrustAnchor.Origin.DEVELOPMENT));
      }
    }
    return anchors;
  }

  private static List<Certificate> certificates(DevelopmentAnchor anchor) throws ServerException {
    try {
      List<Certificate> certificates = Pem.certificates(Files.readString(anchor.file()));
      if (!certificates.isEmpty()) {
        return certificates;
      }
      throw new ServerException(
          2, anchor.file() + " holds no certificate", "Name a PEM file with certificates.");
    } catch (IOException | MalformedEvidenceException e) {
      throw new ServerException(
          2,
          "the anchor " + anchor.file() + " cannot be read: " + e.getMessage(),
          "Name a PEM file with certificates.");
    }
  }
}
