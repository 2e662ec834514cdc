// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server.http;

import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;

/**
 * One request, as far as any route looks at it.
 *
 * @param path as it was sent, without the query: no route has a percent sign in it
 * @param query as it was sent; empty where there is none
 * @param session value of the session cookie
 * @param bearer of the Authorization header
 */
public record Call(
    String method,
    String path,
    String query,
    Optional<String> session,
    Optional<String> bearer,
    byte[] body) {

  /** The same call at another path. */
  Call at(String other) {
    return new Call(method, other, query, session, bearer, body);
  }

  /** The path between its slashes. */
  List<String> segments() {
    return List.of(path.substring(1).split("/", -1));
  }

  /**
   * A number of the query.
   *
   * @throws MalformedEvidenceException where it is there and not a number of at most 18 digits
   */
  long number(String name, long otherwise) {
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        String value = pair.substring(name.length() + 1);
        if (!value.matches("-?[0-9]{1,18}")) {
          throw new MalformedEvidenceException("query", name, -1, "is not a number");
        }
        return Long.parseLong(value);
      }
    }
    return otherwise;
  }
}
