// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.kata;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.cofferdam.core.bytes.json.Json;

/**
 * A Secret's value as Confidential Containers seal it: a JWS that names where the value is. What is
 * signed depends on the name alone; the guest checks the signature, a policy pins what is signed.
 */
public final class SealedForm {
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private SealedForm() {}

  /**
   * {@code HEADER.PAYLOAD}, which is what is signed.
   *
   * @param resource the broker's name, {@code repository/type/tag}
   * @param keyId where the guest finds the public key, {@code kbs:///repository/type/tag}
   */
  public static String signed(String resource, String keyId) {
    Json.Obj header = Json.object().put("b64", true).put("alg", "ES256").put("kid", keyId).build();
    Json.Obj payload =
        Json.object()
            .put("version", "0.1.0")
            .put("type", "vault")
            .put("name", "kbs:///" + resource)
            .put("provider", "kbs")
            .put("provider_settings", Json.object().build())
            .put("annotations", Json.object().build())
            .build();
    return encode(header) + "." + encode(payload);
  }

  /** The whole text, with a signature over {@link #signed} (ES256, 64 bytes). */
  public static String text(String signed, byte[] signature) {
    return "sealed." + signed + "." + URL.encodeToString(signature);
  }

  private static String encode(Json json) {
    return URL.encodeToString(json.write().getBytes(StandardCharsets.UTF_8));
  }
}
