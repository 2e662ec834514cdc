// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds the tenant of a call: {@code /t/NAME/…} is a tenant's, everything else the one's that is
 * always there. Nothing of a call for one tenant reaches another's parts.
 */
public final class Routes {
  private static final String PREFIX = "/t/";

  private final BrokerParts own;
  private final Map<String, BrokerParts> tenants;

  public Routes(BrokerParts own, Map<String, BrokerParts> tenants) {
    this.own = own;
    this.tenants = Map.copyOf(tenants);
  }

  /**
   * @param secure true behind TLS
   */
  public Function<Call, Answer> handler(boolean secure) {
    Dispatcher mine = own.dispatcher(secure);
    Map<String, Dispatcher> theirs = new TreeMap<>();
    tenants.forEach((name, parts) -> theirs.put(name, parts.dispatcher(secure)));
    return call -> {
      if (!call.path().startsWith(PREFIX)) {
        return mine.answer(call);
      }
      int end = call.path().indexOf('/', PREFIX.length());
      Dispatcher its = end < 0 ? null : theirs.get(call.path().substring(PREFIX.length(), end));
      return its == null
          ? new Answer(404, Map.of(), new byte[0])
          : its.answer(call.at(call.path().substring(end)));
    };
  }
}
