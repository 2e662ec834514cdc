// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.policy;

import java.util.List;

/** How much a pod's operators may see. Each mode is another policy, and so another measurement. */
public enum Mode {
  /** Commands, terminals and output, for finding a fault with data that is no secret. */
  DEBUG,
  /** Output only. */
  OBSERVE,
  /** What the settings say, which is nothing by default. */
  SEALED;

  /** Requests that are allowed beyond the settings. */
  List<String> requests() {
    return switch (this) {
      case DEBUG ->
          List.of(
              "ReadStreamRequest",
              "WriteStreamRequest",
              "CloseStdinRequest",
              "GetDiagnosticDataRequest");
      case OBSERVE -> List.of("ReadStreamRequest", "GetDiagnosticDataRequest");
      case SEALED -> List.of();
    };
  }

  /** As options and policies spell it. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
