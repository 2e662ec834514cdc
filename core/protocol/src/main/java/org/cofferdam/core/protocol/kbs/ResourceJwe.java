// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.kbs;

import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * A resource on its way to a guest: a JWE in flattened JSON form (RFC 7516 §7.2.2) without {@code
 * aad}. Made by {@link JweSealer}, opened by {@link TeeKeyPair}.
 *
 * @param protectedHeader base64url text, which is also the additional authenticated data
 * @param encryptedKey the content key, wrapped
 * @param iv 12 bytes
 * @param ciphertext as long as the resource
 * @param tag 16 bytes
 */
public record ResourceJwe(
    String protectedHeader, byte[] encryptedKey, byte[] iv, byte[] ciphertext, byte[] tag) {
  static final String ENC = "A256GCM";
  static final int IV_BYTES = 12;
  static final int TAG_BYTES = 16;
  static final int CONTENT_KEY_BYTES = 32;

  public Json toJson() {
    return Json.object()
        .put("protected", protectedHeader)
        .put("encrypted_key", Base64Text.url(encryptedKey))
        .put("iv", Base64Text.url(iv))
        .put("ciphertext", Base64Text.url(ciphertext))
        .put("tag", Base64Text.url(tag))
        .build();
  }

  /**
   * @throws MalformedEvidenceException where a member is absent, unknown or of a wrong length
   */
  public static ResourceJwe fromJson(Json json) {
    Json.Obj o = json.asObject("JWE");
    o.only("protected", "encrypted_key", "iv", "ciphertext", "tag");
    return new ResourceJwe(
        o.string("protected"),
        Base64Text.fromUrl("encrypted_key", o.string("encrypted_key")),
        fixed("iv", o, IV_BYTES),
        Base64Text.fromUrl("ciphertext", o.string("ciphertext")),
        fixed("tag", o, TAG_BYTES));
  }

  /** The protected header, parsed. */
  Json.Obj header() {
    return Json.parse(Base64Text.fromUrl("protected", protectedHeader)).asObject("protected");
  }

  private static byte[] fixed(String name, Json.Obj o, int length) {
    byte[] bytes = Base64Text.fromUrl(name, o.string(name));
    if (bytes.length != length) {
      throw new MalformedEvidenceException("JWE", name, -1, "is not of " + length + " bytes");
    }
    return bytes;
  }
}
