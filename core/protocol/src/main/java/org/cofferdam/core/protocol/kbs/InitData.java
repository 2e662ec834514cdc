// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.kbs;

import java.nio.charset.StandardCharsets;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * The init-data document as it travels: text, since every byte of it is measured.
 *
 * @param toml the document
 */
public record InitData(String toml) {
  private static final String FORMAT = "toml";

  /** The measured bytes. */
  public byte[] bytes() {
    return toml.getBytes(StandardCharsets.UTF_8);
  }

  public Json toJson() {
    return Json.object().put("format", FORMAT).put("body", toml).build();
  }

  /**
   * @throws MalformedEvidenceException where a member is absent or the format is not {@code toml}
   */
  public static InitData fromJson(Json json) {
    Json.Obj o = json.asObject("init-data");
    if (!FORMAT.equals(o.string("format"))) {
      throw new MalformedEvidenceException("init-data", "format", -1, "is not " + FORMAT);
    }
    return new InitData(o.string("body"));
  }
}
