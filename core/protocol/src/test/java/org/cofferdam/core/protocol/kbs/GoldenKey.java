// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.kbs;

import java.nio.charset.StandardCharsets;
import org.cofferdam.core.bytes.json.Json;

/** The key of the golden vectors. */
final class GoldenKey {
  private GoldenKey() {}

  static TeeKey.Ec key() {
    return (TeeKey.Ec)
        TeeKey.fromJson(
            Json.parse(
                """
                {"alg":"ECDH-ES+A256KW","crv":"P-256","kty":"EC",
                 "x":"WBzCvD8I7bPgsA2dQiCshSJCdCN315bAm9LxaAucDYg",
                 "y":"meL2J57hTSBvh3W2iW2CWBsmf38gREvsITiNFjp_lS4"}"""
                    .getBytes(StandardCharsets.UTF_8)));
  }
}
