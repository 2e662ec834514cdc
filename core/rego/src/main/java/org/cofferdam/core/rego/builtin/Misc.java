// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoString;

/** What fits nowhere else, and what is refused. */
final class Misc {
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
    for (String name : new String[] {"http.send", "net.lookup_ip_addr"}) {
      r.add(
          name,
          1,
          (c, a) -> {
            throw BuiltinException.failed("not available: policies cannot reach the network");
          });
    }
    r.add("internal.test_case", 1, (c, a) -> RegoString.EMPTY);
  }
}
