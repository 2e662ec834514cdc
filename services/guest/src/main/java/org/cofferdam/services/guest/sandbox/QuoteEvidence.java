// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Challenge;
import org.cofferdam.services.guest.kbs.Evidence;

/**
 * Evidence of an enclave: {@code {"quote": base64}}.
 *
 * @param device initialised
 * @param initData text of the init-data that was measured
 */
record QuoteEvidence(DevelopmentDevice device, String initData) implements Evidence {
  private static final int REPORT_DATA = 64;

  @Override
  public String tee() {
    return "sgx";
  }

  @Override
  public Json offer() {
    return Json.of("");
  }

  @Override
  public Json collect(Challenge challenge, byte[] reportData) throws IOException {
    byte[] quote = device.quote(Arrays.copyOf(reportData, REPORT_DATA));
    return Json.object().put("quote", Base64.getEncoder().encodeToString(quote)).build();
  }
}
