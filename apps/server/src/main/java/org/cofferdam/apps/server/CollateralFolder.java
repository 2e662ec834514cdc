// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferdam.core.attestation.Document;

/** Collateral as files of a folder, recognised by content when it is used. */
final class CollateralFolder {
  private CollateralFolder() {}

  /**
   * @param folder or empty where none is configured
   */
  static List<Document> read(Optional<Path> folder) throws ServerException {
    if (folder.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder.get())) {
      List<Document> documents = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        documents.add(
            Document.of(folder.get().relativize(file).toString(), Files.readAllBytes(file)));
      }
      return documents;
    } catch (IOException e) {
      throw new ServerException(
          2, "the collateral cannot be read: " + e.getMessage(), "Name a folder that can be read.");
    }
  }
}
