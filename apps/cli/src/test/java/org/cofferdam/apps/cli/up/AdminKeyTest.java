// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import org.cofferdam.core.bytes.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminKeyTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

  @TempDir private Path folder;

  @Test
  void tokensVerifyUnderThePublishedKeyAndEndSoon() throws Exception {
    AdminKey key = AdminKey.in(folder);
    String[] parts = key.token(NOW).split("\\.", -1);
    String pem = Files.readString(key.publicKey()).replaceAll("-----[A-Z ]+-----|\\s", "");
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(pem))));
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    Json.Obj claims = Json.parse(Base64.getUrlDecoder().decode(parts[1])).asObject("claims");
    assertThat(claims.integer("exp") - NOW.getEpochSecond()).isBetween(1L, 300L);
    assertThat(claims.string("role")).isEqualTo("admin");
  }

  @Test
  void theKeyIsKeptAndOnlyItsOwnerMayReadIt() throws Exception {
    AdminKey first = AdminKey.in(folder);
    AdminKey second = AdminKey.in(folder);
    assertThat(second.token(NOW)).isEqualTo(first.token(NOW));
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("admin.key"))))
        .isEqualTo("rw-------");
  }
}
