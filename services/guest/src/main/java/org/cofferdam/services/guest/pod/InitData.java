// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.pod;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.initdata.InitDataAlgorithm;
import org.cofferdam.core.protocol.initdata.InitDataDocument;

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
    InitDataDocument document = InitDataDocument.parse(bytes);
    if (document.algorithm() != InitDataAlgorithm.SHA256) {
      throw malformed("algorithm", "is not sha256");
    }
    Map<String, Object> own = document.settings("cofferdam.toml");
    String key = InitDataDocument.text(own, "broker_key");
    if (!key.startsWith("sha256:")) {
      throw malformed("broker_key", "does not begin with sha256:");
    }
    byte[] digest = Hex.decode(key.substring("sha256:".length()));
    if (digest.length != 32) {
      throw malformed("broker_key", "is not a SHA-256 digest");
    }
    if (!(own.get("logs") instanceof Boolean logs)) {
      throw malformed("logs", "is not true or false");
    }
    Json pod = Json.parse(document.entry("pod.json").getBytes(StandardCharsets.UTF_8));
    return new InitData(
        new String(bytes, StandardCharsets.UTF_8),
        InitDataDocument.text(own, "workload"),
        digest,
        logs,
        pod.asObject("pod.json"));
  }

  private static MalformedEvidenceException malformed(String field, String problem) {
    return new MalformedEvidenceException("init-data", field, -1, problem);
  }
}
