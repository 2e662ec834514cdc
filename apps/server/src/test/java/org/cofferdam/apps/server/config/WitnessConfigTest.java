// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.ledger.note.NoteSigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessConfigTest {
  private final String key;

  WitnessConfigTest() throws Exception {
    key =
        new NoteSigner("witness.example", KeyPairGenerator.getInstance("Ed25519").generateKeyPair())
            .witnessKey()
            .toString();
  }

  private WitnessConfig read(String url) {
    return WitnessConfig.fromJson(Json.object().put("key", key).put("url", url).build());
  }

  @Test
  void aWitnessIsAtAWebServer() {
    assertThat(read("https://witness.example/w").url().getHost()).isEqualTo("witness.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "witness.example/w",
        "file:///etc/passwd",
        "https:///w",
        "http://a b/",
        "https:"
      })
  void anythingElseIsRefusedAtTheStartAndNotWhenTheWitnessIsAsked(String url) {
    assertThatThrownBy(() -> read(url))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining("witnesses.url");
  }
}
