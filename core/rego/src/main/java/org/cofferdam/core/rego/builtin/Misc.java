// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.util.Set;
import java.util.TreeSet;
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
    r.add("http.send", 1, (c, a) -> send(Args.object(a[0], 1)));
    r.one("net.lookup_ip_addr", v -> lookup(Args.string(v, 1)));
    r.add("internal.test_case", 1, (c, a) -> RegoString.EMPTY);
  }

  private static final Set<String> REQUEST =
      Set.of(
          "method",
          "url",
          "body",
          "enable_redirect",
          "force_json_decode",
          "force_yaml_decode",
          "headers",
          "raw_body",
          "tls_use_system_certs",
          "tls_ca_cert",
          "tls_ca_cert_file",
          "tls_ca_cert_env_variable",
          "tls_client_cert",
          "tls_client_cert_file",
          "tls_client_cert_env_variable",
          "tls_client_key",
          "tls_client_key_file",
          "tls_client_key_env_variable",
          "tls_insecure_skip_verify",
          "tls_server_name",
          "timeout",
          "cache",
          "force_cache",
          "force_cache_duration_seconds",
          "raise_error",
          "caching_mode",
          "max_retry_attempts",
          "cache_ignored_headers");

  /** Says what is wrong with the request as OPA does, and refuses the rest. */
  private static Value send(RegoObject request) {
    Set<String> unknown = new TreeSet<>();
    request
        .toMap()
        .keySet()
        .forEach(k -> unknown.add(k instanceof RegoString s ? s.value() : k.toString()));
    Set<String> missing = new TreeSet<>(Set.of("method", "url"));
    missing.removeAll(unknown);
    unknown.removeAll(REQUEST);
    if (!unknown.isEmpty()) {
      throw BuiltinException.type("operand 1 invalid request parameters(s): " + quoted(unknown));
    }
    if (!missing.isEmpty()) {
      throw BuiltinException.type(
          "operand 1 missing required request parameters(s): " + quoted(missing));
    }
    throw BuiltinException.failed(NETWORK);
  }

  private static String quoted(Set<String> names) {
    return RegoSet.of(names.stream().map(RegoString::of).toList()).toString();
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
