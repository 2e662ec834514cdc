// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.cofferdam.core.bytes.json.Json;

/** A configuration for development in a folder of its own. */
final class TestConfig {
  private TestConfig() {}

  static Path write(Path folder, TestAdmin admin, byte[] anchor) throws IOException {
    admin.writePublicKey(folder.resolve("admin.pub"));
    Files.writeString(
        folder.resolve("root.pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(anchor)
            + "\n-----END CERTIFICATE-----\n");
    Json config =
        Json.object()
            .put("data", "data")
            .put("listen", "127.0.0.1:0")
            .put("listenPlain", "127.0.0.1:0")
            .put("adminKeys", Json.strings(List.of("admin.pub")))
            .put("development", true)
            .put(
                "developmentAnchors",
                Json.array(
                    List.of(
                        Json.object()
                            .put("id", "foundry")
                            .put("use", "tpm-ek")
                            .put("file", "root.pem")
                            .build())))
            .build();
    return Files.writeString(folder.resolve("server.json"), config.write());
  }
}
