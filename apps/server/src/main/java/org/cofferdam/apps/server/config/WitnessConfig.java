// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server.config;

import java.net.URI;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.note.VerifierKey;

/**
 * A witness of the log.
 *
 * @param key of its cosignatures
 * @param url its submission prefix
 */
public record WitnessConfig(VerifierKey key, URI url) {
  static WitnessConfig fromJson(Json json) {
    Json.Obj o = json.asObject("witnesses");
    o.only("key", "url");
    try {
      return new WitnessConfig(VerifierKey.parse(o.string("key")), URI.create(o.string("url")));
    } catch (IllegalArgumentException e) {
      throw new MalformedEvidenceException("configuration", "witnesses.url", -1, "is no URL");
    }
  }
}
