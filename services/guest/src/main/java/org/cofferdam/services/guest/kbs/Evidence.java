// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.kbs;

import java.io.IOException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Challenge;
import org.jspecify.annotations.Nullable;

/** Where evidence comes from. */
public interface Evidence {
  /** Wire name of the kind, for example {@code tpm}. */
  String tee();

  /** What is said in the first message, before there is a nonce. */
  Json offer() throws IOException;

  /**
   * Evidence over {@code reportData}.
   *
   * @param challenge the broker's, which may hold a task for the hardware
   * @param reportData 48 bytes: the hash that ties nonce and key to the evidence
   */
  Json collect(Challenge challenge, byte[] reportData) throws IOException;

  /** The text of the init-data that belongs to it. */
  @Nullable String initData();
}
