// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import org.cofferdam.core.bytes.SecretBytes;

/**
 * A store key of 32 bytes in a file that only its owner may read. It protects a stolen database or
 * backup, not against who can read the server's files.
 */
public final class FileStoreKey implements StoreKey {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final SecretBytes key;
  private final SecureRandom random;

  private FileStoreKey(SecretBytes key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  /**
   * Reads the key, or makes one where there is no file.
   *
   * @throws IOException where the file is of another length, or others may read it
   */
  public static FileStoreKey openOrCreate(Path file, SecureRandom random) throws IOException {
    if (!Files.exists(file)) {
      create(file, random);
    }
    if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
      throw new IOException(
          "the store key " + file + " may be read by others: set its mode to 0600");
    }
    SecretBytes key = SecretBytes.owning(Files.readAllBytes(file));
    if (key.length() != AesGcm.KEY_BYTES) {
      throw new IOException("the store key " + file + " is not of " + AesGcm.KEY_BYTES + " bytes");
    }
    return new FileStoreKey(key, random);
  }

  @Override
  public byte[] wrap(SecretBytes other, byte[] context) {
    return AesGcm.seal(key, other, context, random);
  }

  @Override
  public SecretBytes unwrap(byte[] wrapped, byte[] context) throws IOException {
    return AesGcm.open(key, wrapped, context);
  }

  /** Under another name first: a key that is half written must not be taken for one. */
  private static void create(Path file, SecureRandom random) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    byte[] bytes = new byte[AesGcm.KEY_BYTES];
    random.nextBytes(bytes);
    try (SecretBytes key = SecretBytes.owning(bytes);
        FileChannel channel =
            FileChannel.open(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      int written = key.lend(k -> write(channel, k));
      if (written != AesGcm.KEY_BYTES) {
        throw new IOException("the store key " + file + " could not be written");
      }
      channel.force(true);
    }
    Files.move(fresh, file);
    try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
      folder.force(true);
    }
  }

  private static int write(FileChannel channel, byte[] bytes) {
    try {
      return channel.write(ByteBuffer.wrap(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
