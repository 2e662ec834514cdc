// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.services.broker.store.Database;
import org.cofferdam.services.broker.store.SqliteDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
  @TempDir Path folder;

  private final SecureRandom random = new SecureRandom();

  @Test
  void theStoreKeyIsMadeOnceAndOnlyItsOwnerReadsIt() throws Exception {
    Path file = folder.resolve("store.key");
    byte[] wrapped = FileStoreKey.openOrCreate(file, random).wrap(secret("inner"), context("a"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (SecretBytes opened =
        FileStoreKey.openOrCreate(file, random).unwrap(wrapped, context("a"))) {
      assertThat(opened).isEqualTo(secret("inner"));
    }
  }

  @Test
  void aStoreKeyThatOthersMayReadIsRefused() throws Exception {
    Path file = folder.resolve("store.key");
    FileStoreKey.openOrCreate(file, random);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> FileStoreKey.openOrCreate(file, random)).hasMessageContaining("0600");
  }

  @Test
  void aStoreKeyOfAnotherLengthIsRefused() throws Exception {
    Path file = folder.resolve("store.key");
    FileStoreKey.openOrCreate(file, random);
    Files.write(file, new byte[31]);
    assertThatThrownBy(() -> FileStoreKey.openOrCreate(file, random))
        .isInstanceOf(IOException.class);
  }

  @Test
  void anEnvelopeOpensInItsOwnPlaceOnly() throws Exception {
    Envelope envelope = envelope("store.key");
    byte[] sealed = envelope.seal(secret("top"), "resource\na/b/c\n1");
    try (SecretBytes opened = envelope.open(sealed, "resource\na/b/c\n1")) {
      assertThat(opened).isEqualTo(secret("top"));
    }
    assertThatThrownBy(() -> envelope.open(sealed, "resource\na/b/c\n2"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> envelope("other.key").open(sealed, "resource\na/b/c\n1"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void everyByteOfAnEnvelopeIsAuthenticated() throws Exception {
    Envelope envelope = envelope("store.key");
    byte[] sealed = envelope.seal(secret("top"), "context");
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> envelope.open(changed, "context"))
          .as("byte %d", i)
          .isInstanceOf(IOException.class);
      byte[] cut = Arrays.copyOf(sealed, i);
      assertThatThrownBy(() -> envelope.open(cut, "context"))
          .as("cut at %d", i)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void twoEnvelopesOfOneSecretDiffer() throws Exception {
    Envelope envelope = envelope("store.key");
    assertThat(envelope.seal(secret("top"), "c")).isNotEqualTo(envelope.seal(secret("top"), "c"));
  }

  @Test
  void theServersKeysOutliveIt() throws Exception {
    Envelope envelope = envelope("store.key");
    KeyPair first;
    try (Database database = SqliteDatabase.open(folder)) {
      first = StoredKeyPair.p256(new SystemKeys(database, envelope), "tls", random);
    }
    try (Database database = SqliteDatabase.open(folder)) {
      KeyPair again = StoredKeyPair.p256(new SystemKeys(database, envelope), "tls", random);
      assertThat(again.getPublic()).isEqualTo(first.getPublic());
      assertThat(again.getPrivate()).isEqualTo(first.getPrivate());
    }
  }

  @Test
  void aCertificateIsForItsNamesAndNoAuthority() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    X509Certificate certificate =
        SelfSigned.certificate(
            pair,
            "Cofferdam broker",
            List.of("localhost", "broker.example"),
            List.of(new byte[] {127, 0, 0, 1}),
            Instant.parse("2026-01-01T00:00:00Z"),
            Instant.parse("2056-01-01T00:00:00Z"),
            random);
    certificate.verify(pair.getPublic());
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=Cofferdam broker");
    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .containsExactly("localhost", "broker.example", "127.0.0.1");
    assertThat(certificate.getNotAfter().toInstant())
        .isEqualTo(Instant.parse("2056-01-01T00:00:00Z"));
  }

  private Envelope envelope(String file) throws IOException {
    return new Envelope(FileStoreKey.openOrCreate(folder.resolve(file), random), random);
  }

  private static SecretBytes secret(String text) {
    return SecretBytes.owning(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] context(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
