// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.dcap;

import java.time.Instant;
import java.util.List;
import org.cofferdam.core.bytes.json.Json;

/**
 * One level of TCB info.
 *
 * @param sgx 16 SVNs to reach
 * @param pceSvn to reach
 * @param tdx 16 SVNs to reach; empty for SGX
 */
public record TcbLevel(
    List<Integer> sgx,
    int pceSvn,
    List<Integer> tdx,
    TcbStatus status,
    Instant date,
    List<String> advisories) {
  public TcbLevel {
    sgx = List.copyOf(sgx);
    tdx = List.copyOf(tdx);
    advisories = List.copyOf(advisories);
  }

  static List<String> advisories(Json.Obj level) {
    return level
        .get("advisoryIDs")
        .map(a -> a.asArray("advisoryIDs").stream().map(i -> i.asString("advisoryIDs")).toList())
        .orElse(List.of());
  }
}
