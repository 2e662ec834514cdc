// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.collateral;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Port to a vendor's service: one GET. */
@FunctionalInterface
public interface Fetcher {

  /**
   * @throws IOException where no answer came; an answer of any status is returned
   */
  Answer get(URI uri) throws IOException;

  /**
   * @param status of HTTP
   * @param headers by lower-case name
   */
  record Answer(int status, Map<String, String> headers, byte[] body) {
    public Answer {
      headers = Map.copyOf(headers);
      body = body.clone();
    }

    @Override
    public byte[] body() {
      return body.clone();
    }

    /** True where asking again later may help: too many requests, or a fault of the server. */
    public boolean isTemporary() {
      return status == 429 || status >= 500;
    }
  }
}
