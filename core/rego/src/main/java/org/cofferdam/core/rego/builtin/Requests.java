// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.util.Set;
import java.util.TreeSet;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoSet;
import org.cofferdam.core.rego.value.RegoString;

/** The members of an HTTP request, as {@code http.send} takes it. */
final class Requests {
  private Requests() {}

  private static final Set<String> MEMBERS =
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

  /**
   * @throws BuiltinException with what is wrong, as OPA says it
   */
  static void check(RegoObject request) {
    Set<String> unknown = new TreeSet<>();
    request
        .toMap()
        .keySet()
        .forEach(k -> unknown.add(k instanceof RegoString s ? s.value() : k.toString()));
    Set<String> missing = new TreeSet<>(Set.of("method", "url"));
    missing.removeAll(unknown);
    unknown.removeAll(MEMBERS);
    if (!unknown.isEmpty()) {
      throw BuiltinException.type("operand 1 invalid request parameters(s): " + quoted(unknown));
    }
    if (!missing.isEmpty()) {
      throw BuiltinException.type(
          "operand 1 missing required request parameters(s): " + quoted(missing));
    }
  }

  private static String quoted(Set<String> names) {
    return RegoSet.of(names.stream().map(RegoString::of).toList()).toString();
  }
}
