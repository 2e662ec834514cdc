// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.process.gramine;

import java.util.Map;
import java.util.Optional;

/** MRSIGNER of keys whose private half anybody can download. A signature by one says nothing. */
public final class PublishedSigners {
  private static final Map<String, String> KEYS =
      Map.of(
          "83d719e77deaca1470f6baf62a4d774303c899db69020f9c70ee1dfc08c7ce9e",
          "sample key of Intel's SGX SDK, template key of Occlum",
          "5e70caf3b3bb3b5dfaacfeaea8c2170d94e2f8c347b896f38640692b770e223f",
          "template key of Intel's Eclipse plug-in",
          "9664d90755bd901069d4725cdd428038473d726f1cec0edf0d78e18a596b1d4e",
          "test key for enclaves beside Intel's reference launch enclave",
          "fbbf17d6b0700e63ad55520f17ed6d2e06c2832217cd992bad243b5022ee83bc",
          "test key of Intel's reference launch enclave",
          "c87c2f0142180e15f48270a6b4ccc5b1b4e1569528c1080511591998f0714994",
          "test key of the quote verification enclave in Intel's DCAP sources");

  private PublishedSigners() {}

  /** Where the key is published; empty where none of them is known to be. */
  public static Optional<String> where(String mrSigner) {
    return Optional.ofNullable(KEYS.get(mrSigner));
  }
}
