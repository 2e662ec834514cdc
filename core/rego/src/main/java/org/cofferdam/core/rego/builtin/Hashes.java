// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Utf8;
import org.cofferdam.core.rego.value.Value;

/** Digests and message authentication codes, in hex. */
final class Hashes {
  private Hashes() {}

  static void register(Registry r) {
    r.one("crypto.md5", v -> digest("MD5", v));
    r.one("crypto.sha1", v -> digest("SHA-1", v));
    r.one("crypto.sha256", v -> digest("SHA-256", v));
    r.two("crypto.hmac.md5", (v, k) -> mac("HmacMD5", v, k));
    r.two("crypto.hmac.sha1", (v, k) -> mac("HmacSHA1", v, k));
    r.two("crypto.hmac.sha256", (v, k) -> mac("HmacSHA256", v, k));
    r.two("crypto.hmac.sha512", (v, k) -> mac("HmacSHA512", v, k));
    r.two(
        "crypto.hmac.equal",
        (a, b) ->
            RegoBoolean.of(
                MessageDigest.isEqual(
                    Utf8.encode(Args.string(a, 1)), Utf8.encode(Args.string(b, 2)))));
  }

  private static Value digest(String algorithm, Value v) {
    try {
      return hex(MessageDigest.getInstance(algorithm).digest(Utf8.encode(Args.string(v, 1))));
    } catch (GeneralSecurityException e) {
      throw BuiltinException.failed(e.toString());
    }
  }

  private static Value mac(String algorithm, Value v, Value key) {
    return hex(mac(algorithm, Utf8.encode(Args.string(v, 1)), Utf8.encode(Args.string(key, 2))));
  }

  static byte[] mac(String algorithm, byte[] message, byte[] key) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      // The provider refuses an empty key; a zero byte is the same key by the definition of HMAC.
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw BuiltinException.failed(e.toString());
    }
  }

  private static Value hex(byte[] bytes) {
    return RegoString.of(HexFormat.of().formatHex(bytes));
  }
}
