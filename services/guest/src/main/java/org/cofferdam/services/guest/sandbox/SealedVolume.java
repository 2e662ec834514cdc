// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SecretBytes;

/**
 * A volume of the unit as one encrypted file of the host: {@code "CFVOL001"}, a nonce of 12 bytes,
 * then AES-256-GCM over the entries, with the volume's name as associated data. The key comes from
 * the broker after attestation, so only the same measured unit can read the file. The host can
 * delete it or put back an older one; it cannot read or change it.
 */
final class SealedVolume {
  private static final byte[] MAGIC = "CFVOL001".getBytes(StandardCharsets.US_ASCII);
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY = 32;
  private static final int END = 0;
  private static final int FOLDER = 1;
  private static final int FILE = 2;
  private static final int LINK = 3;

  private final String name;
  private final SecretBytes key;
  private final Path file;
  private final Path content;
  private final SecureRandom random;
  private long sealed = Long.MIN_VALUE;

  /**
   * @param name {@code namespace/name/volume}
   * @param key 32 bytes
   * @param file on the host
   * @param content the folder that the program sees
   */
  SealedVolume(String name, SecretBytes key, Path file, Path content, SecureRandom random) {
    if (key.length() != KEY) {
      throw new MalformedEvidenceException("volume key", name, -1, "has not 32 bytes");
    }
    this.name = name;
    this.key = key;
    this.file = file;
    this.content = content;
    this.random = random;
  }

  /**
   * Fills the folder from the file, where there is one.
   *
   * @throws MalformedEvidenceException where the file is not one that this unit sealed
   */
  void open() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    byte[] whole = Files.readAllBytes(file);
    int head = MAGIC.length + NONCE;
    if (whole.length < head || !Arrays.equals(whole, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw malformed("is no sealed volume");
    }
    byte[] nonce = Arrays.copyOfRange(whole, MAGIC.length, head);
    byte[] plain = crypt(Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(whole, head, whole.length));
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain))) {
      unpack(in);
    } catch (EOFException e) {
      throw malformed("ends early");
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** Writes the folder to the file, where it has changed since the last time. */
  synchronized void seal() throws IOException {
    long state = state();
    if (state == sealed) {
      return;
    }
    byte[] plain = pack();
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] secret = crypt(Cipher.ENCRYPT_MODE, nonce, plain);
    Arrays.fill(plain, (byte) 0);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(MAGIC);
    whole.writeBytes(nonce);
    whole.writeBytes(secret);
    Path parent = Files.createDirectories(file.resolveSibling(""));
    Path fresh = Files.write(parent.resolve(file.getFileName() + ".new"), whole.toByteArray());
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    sealed = state;
  }

  private byte[] crypt(int mode, byte[] nonce, byte[] input) {
    return key.lend(
        k -> {
          try {
            Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
            gcm.init(mode, new SecretKeySpec(k, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            gcm.updateAAD(name.getBytes(StandardCharsets.UTF_8));
            return gcm.doFinal(input);
          } catch (AEADBadTagException e) {
            throw malformed("was changed, or is another unit's");
          } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
          }
        });
  }

  private byte[] pack() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (Path entry : entries()) {
      try {
        pack(entry, out);
      } catch (NoSuchFileException e) {
        // The program took it away while the volume was read; the next seal sees that.
      }
    }
    out.writeByte(END);
    return bytes.toByteArray();
  }

  private void pack(Path entry, DataOutputStream out) throws IOException {
    boolean link = Files.isSymbolicLink(entry);
    boolean folder = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
    if (!link && !folder && !Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    byte[] body =
        link
            ? Files.readSymbolicLink(entry).toString().getBytes(StandardCharsets.UTF_8)
            : folder ? new byte[0] : Files.readAllBytes(entry);
    int mode = attribute(entry, "mode");
    int uid = attribute(entry, "uid");
    int gid = attribute(entry, "gid");
    out.writeByte(link ? LINK : folder ? FOLDER : FILE);
    out.writeUTF(content.relativize(entry).toString());
    out.writeInt(mode & 07777);
    out.writeInt(uid);
    out.writeInt(gid);
    out.writeInt(body.length);
    out.write(body);
  }

  private void unpack(DataInputStream in) throws IOException {
    for (int kind = in.readUnsignedByte(); kind != END; kind = in.readUnsignedByte()) {
      Path place = content.resolve(in.readUTF());
      int mode = in.readInt();
      int uid = in.readInt();
      int gid = in.readInt();
      byte[] body = in.readNBytes(in.readInt());
      switch (kind) {
        case FOLDER -> Files.createDirectory(place);
        case FILE -> Files.write(place, body);
        case LINK ->
            Files.createSymbolicLink(place, Path.of(new String(body, StandardCharsets.UTF_8)));
        default -> throw malformed("has an entry of an unknown kind");
      }
      Files.setAttribute(place, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(place, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
      if (kind != LINK) {
        Files.setAttribute(place, "unix:mode", mode);
      }
    }
  }

  /** Changes whenever an entry comes, goes or is written. */
  private long state() throws IOException {
    long state = 1;
    for (Path entry : entries()) {
      long time =
          Files.exists(entry, LinkOption.NOFOLLOW_LINKS)
              ? Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS).hashCode()
              : 0;
      state = 31 * (31 * state + entry.hashCode()) + time;
    }
    return state;
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> walk = Files.walk(content)) {
      return walk.filter(p -> !p.equals(content)).sorted().toList();
    } catch (UncheckedIOException e) {
      // The program took a folder away meanwhile.
      throw e.getCause();
    }
  }

  private static int attribute(Path entry, String attribute) throws IOException {
    return (Integer) Files.getAttribute(entry, "unix:" + attribute, LinkOption.NOFOLLOW_LINKS);
  }

  private MalformedEvidenceException malformed(String problem) {
    return new MalformedEvidenceException("sealed volume", name, -1, problem);
  }
}
