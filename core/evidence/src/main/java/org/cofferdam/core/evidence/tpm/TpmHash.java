// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.tpm;

import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.Digests;

/** TPM_ALG_ID of the hash functions (Part 2 §6.3). */
public enum TpmHash {
  SHA1(0x0004, 20, "SHA-1"),
  SHA256(0x000b, 32, "SHA-256"),
  SHA384(0x000c, 48, "SHA-384"),
  SHA512(0x000d, 64, "SHA-512"),
  /** Carried, not computed: no Java has it. */
  SM3_256(0x0012, 32, "");

  private final int id;
  private final int size;
  private final String jcaName;

  TpmHash(int id, int size, String jcaName) {
    this.id = id;
    this.size = size;
    this.jcaName = jcaName;
  }

  public int id() {
    return id;
  }

  /** Bytes of a digest. */
  public int size() {
    return size;
  }

  /** Lower-case name of the bank, for example {@code sha256}. */
  public String bank() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** True where digests can be computed. */
  public boolean isComputable() {
    return !jcaName.isEmpty();
  }

  /** The parts as one message. */
  public Bytes digest(Bytes... parts) {
    MessageDigest digest = Digests.start(jcaName);
    for (Bytes part : parts) {
      digest.update(part.toArray());
    }
    return Bytes.of(digest.digest());
  }

  public static Optional<TpmHash> ofId(int id) {
    for (TpmHash hash : values()) {
      if (hash.id == id) {
        return Optional.of(hash);
      }
    }
    return Optional.empty();
  }

  public static Optional<TpmHash> ofBank(String bank) {
    for (TpmHash hash : values()) {
      if (hash.bank().equals(bank)) {
        return Optional.of(hash);
      }
    }
    return Optional.empty();
  }
}
