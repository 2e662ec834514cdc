// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.x509.Pem;
import org.cofferdam.services.broker.admin.AdminTokens;

/** The keys whose holders administer the server. */
final class AdminKeys {
  private AdminKeys() {}

  static List<AdminTokens> load(List<Path> files, InstantSource clock) throws ServerException {
    List<AdminTokens> keys = new ArrayList<>();
    for (Path file : files) {
      try {
        List<Bytes> found = Pem.objects(Files.readString(file), "PUBLIC KEY");
        if (found.size() != 1) {
          throw new ServerException(
              2, file + " does not hold one public key", "Name a PEM file with one.");
        }
        keys.add(
            new AdminTokens(
                KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(found.getFirst().toArray())),
                clock));
      } catch (IOException | MalformedEvidenceException | GeneralSecurityException e) {
        throw new ServerException(
            2,
            "the admin key " + file + " cannot be read: " + e.getMessage(),
            "Name a PEM file with one Ed25519 public key.");
      }
    }
    return keys;
  }
}
