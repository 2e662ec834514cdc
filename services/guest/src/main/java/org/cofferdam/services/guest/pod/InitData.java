// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.pod;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * The measured init-data of a pod (Confidential Containers' form, version 0.1.0).
 *
 * @param text the document as it was measured
 * @param workload {@code namespace/name}
 * @param brokerKey SHA-256 of the broker's TLS SubjectPublicKeyInfo
 * @param logs whether what containers print may leave the guest
 * @param pod what may run, as JSON
 */
public record InitData(String text, String workload, byte[] brokerKey, boolean logs, Json.Obj pod) {

  /**
   * @throws MalformedEvidenceException on anything that is not init-data with {@code
   *     cofferdam.toml} and {@code pod.json}
   */
  public static InitData parse(byte[] bytes) {
    String text = utf8(bytes);
    Map<String, Map<String, String>> tables = Toml.parse(text);
    Map<String, String> top = tables.getOrDefault("", Map.of());
    is(top, "version", "0.1.0");
    is(top, "algorithm", "sha256");
    Map<String, String> data = tables.getOrDefault("data", Map.of());
    Map<String, String> own =
        Toml.parse(require(data, "cofferdam.toml")).getOrDefault("", Map.of());
    String key = require(own, "broker_key");
    if (!key.startsWith("sha256:")) {
      throw malformed("broker_key", "does not begin with sha256:");
    }
    byte[] digest = Hex.decode(key.substring("sha256:".length()));
    if (digest.length != 32) {
      throw malformed("broker_key", "is not a SHA-256 digest");
    }
    String logs = require(own, "logs");
    if (!logs.equals("true") && !logs.equals("false")) {
      throw malformed("logs", "is not true or false");
    }
    Json pod = Json.parse(require(data, "pod.json").getBytes(StandardCharsets.UTF_8));
    return new InitData(
        text, require(own, "workload"), digest, logs.equals("true"), pod.asObject("pod.json"));
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("document", "is not UTF-8");
    }
  }

  private static void is(Map<String, String> table, String key, String value) {
    if (!require(table, key).equals(value)) {
      throw malformed(key, "is not " + value);
    }
  }

  private static String require(Map<String, String> table, String key) {
    String value = table.get(key);
    if (value == null) {
      throw malformed(key, "is missing");
    }
    return value;
  }

  private static MalformedEvidenceException malformed(String field, String problem) {
    return new MalformedEvidenceException("init-data", field, -1, problem);
  }
}
