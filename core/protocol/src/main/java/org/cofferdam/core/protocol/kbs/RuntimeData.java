// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.kbs;

import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * What ties evidence to this session: the hash of it stands in the evidence's report data.
 *
 * @param nonce the challenge's, as received
 * @param teePubkey the key that answers are encrypted to
 */
public record RuntimeData(String nonce, TeeKey teePubkey) {

  /**
   * SHA-384 (48 bytes) over the canonical JSON (RFC 8785) that the CPU's evidence carries.
   *
   * @param additionalEvidence the very text of {@link KbsAttestation#additionalEvidence}; ignored
   *     by versions that have none
   */
  public byte[] digest(KbsVersion version, String additionalEvidence) {
    if (!version.composite()) {
      return deviceDigest();
    }
    return Digests.sha384(
        Json.object()
            .put("additional-evidence", additionalEvidence)
            .put("nonce", nonce)
            .put("tee-pubkey", teePubkey.toJson())
            .build()
            .canonical());
  }

  /** SHA-384 (48 bytes) that the evidence of a further device carries. */
  public byte[] deviceDigest() {
    return Digests.sha384(toJson().canonical());
  }

  public Json toJson() {
    return Json.object().put("nonce", nonce).put("tee-pubkey", teePubkey.toJson()).build();
  }

  /**
   * @throws MalformedEvidenceException where a member is absent, of another type, or no usable key
   */
  public static RuntimeData fromJson(Json json) {
    Json.Obj o = json.asObject("runtime-data");
    return new RuntimeData(o.string("nonce"), TeeKey.fromJson(o.require("tee-pubkey")));
  }
}
