// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.kbs;

import java.net.URI;
import java.net.URISyntaxException;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * Where the broker can be reached. The host says so and is not trusted: the pinned key decides who
 * answers.
 */
public record BrokerAddress(String host, int port) {

  /**
   * Reads {@code {"url":"https://HOST:PORT"}}.
   *
   * @throws MalformedEvidenceException where it is anything else
   */
  public static BrokerAddress parse(byte[] json) {
    Json.Obj routing = Json.parse(json).asObject("broker.json");
    routing.only("url");
    try {
      URI url = new URI(routing.string("url"));
      String host = url.getHost();
      boolean plain =
          "https".equals(url.getScheme())
              && url.getUserInfo() == null
              && (url.getPath().isEmpty() || url.getPath().equals("/"))
              && url.getQuery() == null
              && url.getFragment() == null;
      if (plain && host != null) {
        return new BrokerAddress(host, url.getPort() < 0 ? 443 : url.getPort());
      }
    } catch (URISyntaxException e) {
      throw malformed();
    }
    throw malformed();
  }

  private static MalformedEvidenceException malformed() {
    return new MalformedEvidenceException("broker.json", "url", -1, "is not https://HOST:PORT");
  }
}
