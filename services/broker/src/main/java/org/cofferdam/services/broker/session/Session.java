// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.session;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.KbsVersion;

/**
 * A handshake after its challenge.
 *
 * @param id 32 hex digits
 * @param tee wire name that the guest gave
 * @param nonce the challenge, as sent
 * @param expires no evidence is taken after it
 * @param activation what a TPM must give back, where one was offered
 */
public record Session(
    String id,
    KbsVersion version,
    String tee,
    String nonce,
    Instant expires,
    Optional<Activation> activation) {

  /**
   * @param secretDigest SHA-256 of the secret that only the TPM with both keys can recover
   * @param offerDigest SHA-256 of the offered certificate and key, see {@link #offerDigest}
   */
  public record Activation(Bytes secretDigest, Bytes offerDigest) {

    /** Of what the guest offered, each part by its own hash, so that no byte can change sides. */
    public static Bytes offerDigest(byte[] ekCertificate, byte[] akPublicArea) {
      return Bytes.concat(Bytes.of(ekCertificate).sha256(), Bytes.of(akPublicArea).sha256())
          .sha256();
    }
  }

  /** What ties the records and messages of this handshake together; not the id, which is secret. */
  public String correlation() {
    return Bytes.of(id.getBytes(StandardCharsets.US_ASCII)).sha256().hex().substring(0, 16);
  }

  Json toJson() {
    Json.Builder json =
        Json.object()
            .put("id", id)
            .put("version", version.wire())
            .put("tee", tee)
            .put("nonce", nonce)
            .put("expires", expires.getEpochSecond());
    activation.ifPresent(
        a -> json.put("secret", a.secretDigest().hex()).put("offer", a.offerDigest().hex()));
    return json.build();
  }

  static Session fromJson(Json json) {
    Json.Obj o = json.asObject("session");
    return new Session(
        o.string("id"),
        KbsVersion.of(o.string("version"))
            .orElseThrow(
                () -> new MalformedEvidenceException("session", "version", -1, "is not known")),
        o.string("tee"),
        o.string("nonce"),
        Instant.ofEpochSecond(o.integer("expires")),
        o.get("secret")
            .map(
                secret ->
                    new Activation(
                        Bytes.ofHex(secret.asString("secret")), Bytes.ofHex(o.string("offer")))));
  }
}
