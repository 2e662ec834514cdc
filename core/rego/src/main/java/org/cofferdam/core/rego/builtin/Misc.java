// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoSet;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;

/** What fits nowhere else, and what is refused. */
final class Misc {
  private static final String NETWORK = "not available: policies cannot reach the network";

  private Misc() {}

  static void register(Registry r) {
    r.add("opa.runtime", 0, (c, a) -> c.runtime());
    r.add(
        "trace",
        1,
        (c, a) -> {
          c.note(Args.string(a[0], 1));
          return RegoBoolean.TRUE;
        });
    r.add("print", -1, (c, a) -> RegoBoolean.TRUE);
    // Calls of walk are planned as a step of their own.
    r.add("walk", 1, (c, a) -> null);
    r.one("http.send", v -> send(Args.object(v, 1)));
    r.one("net.lookup_ip_addr", v -> lookup(Args.string(v, 1)));
    r.add("internal.test_case", 1, (c, a) -> RegoString.EMPTY);
  }

  /** Says what is wrong with the request as OPA does, and refuses the rest. */
  private static Value send(RegoObject request) {
    Requests.check(request);
    throw BuiltinException.failed(NETWORK);
  }

  /** An address is its own answer, and localhost is always the loopback (RFC 6761). */
  private static Value lookup(String name) {
    IpNet address = IpNet.address(name, false);
    if (address != null) {
      return RegoSet.of(RegoString.of(IpNet.text(address.bits(), address.first())));
    }
    if (name.equals("localhost")) {
      return RegoSet.of(RegoString.of("127.0.0.1"), RegoString.of("::1"));
    }
    throw BuiltinException.failed(NETWORK);
  }
}
