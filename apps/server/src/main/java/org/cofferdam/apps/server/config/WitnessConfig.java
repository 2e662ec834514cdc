// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server.config;

import java.net.URI;
import java.net.URISyntaxException;
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
    return new WitnessConfig(VerifierKey.parse(o.string("key")), url(o.string("url")));
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text);
      if (text.matches("https?://.*") && url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw noUrl(e.getReason());
    }
    throw noUrl("it does not begin with http:// or https:// and a host");
  }

  private static MalformedEvidenceException noUrl(String why) {
    return new MalformedEvidenceException(
        "configuration", "witnesses.url", -1, "is no URL of a web server: " + why);
  }
}
