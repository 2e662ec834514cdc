// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.sandbox;

import java.util.List;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.core.reference.ReferenceValue;

/** What a quote of the development device must say of a unit. */
public final class SandboxReferences {
  /** The loader gives the device no signer: nobody signs what the sandbox runs. */
  private static final byte[] NO_SIGNER = new byte[32];

  /** INIT and MODE64BIT, then XFRM with x87 and SSE; debug is clear. */
  private static final String ATTRIBUTES = "05000000000000000300000000000000";

  private SandboxReferences() {}

  /**
   * @param workload {@code namespace/name}
   * @param mrEnclave 32 bytes
   * @param detail which inputs moved it
   */
  public static ReferenceSet of(String workload, byte[] mrEnclave, String detail) {
    return new ReferenceSet(
        workload,
        List.of(
            value("mrenclave", Json.of(Hex.encode(mrEnclave)), detail),
            value("mrsigner", Json.of(Hex.encode(NO_SIGNER)), "no signer"),
            value("isvProdId", Json.of(0), "always 0"),
            value("isvSvn", Json.of(0), "always 0"),
            value("attributes", Json.of(ATTRIBUTES), "an enclave that cannot be debugged")));
  }

  private static ReferenceValue value(String claim, Json json, String detail) {
    return ReferenceValue.predicted("sgx." + claim, "/sgx/" + claim, json, detail);
  }
}
