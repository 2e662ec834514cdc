// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.sgx;

import java.io.PrintWriter;
import java.util.List;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.patterns.process.gramine.ManifestLint;

/** What is unsafe in a manifest, for people and programs. */
final class Findings {
  private Findings() {}

  static Json json(List<ManifestLint.Finding> findings) {
    return new Json.Arr(
        findings.stream()
            .<Json>map(
                f ->
                    Json.object()
                        .put("id", f.id())
                        .put("severity", f.error() ? "error" : "warning")
                        .put("key", f.key())
                        .put("message", f.message())
                        .put("fix", f.fix())
                        .build())
            .toList());
  }

  static void print(List<ManifestLint.Finding> findings, PrintWriter out) {
    for (ManifestLint.Finding f : findings) {
      out.printf(
          "%s %s: %s (%s). Fix: %s.%n",
          f.error() ? "error  " : "warning", f.key(), f.message(), f.id(), f.fix());
    }
    out.flush();
  }
}
