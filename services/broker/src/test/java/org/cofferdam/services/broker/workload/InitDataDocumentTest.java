// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitDataDocumentTest {
  @Test
  void theWorkloadStandsInTheFileWithinTheDocument() {
    InitDataDocument document =
        parse("[data]\n\"cofferdam.toml\" = '''\nworkload = \"default/orders\"\n'''\n");
    assertThat(document.workload()).isEqualTo("default/orders");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "workload = \"default/orders\"",
        "[data]\n",
        "[data]\n\"cofferdam.toml\" = 1\n",
        "[data]\n\"cofferdam.toml\" = \"\"\n",
        "[data]\n\"cofferdam.toml\" = \"workload = 1\"\n",
        "[data]\n\"cofferdam.toml\" = \"workload = 'orders'\"\n",
        "[data]\n\"cofferdam.toml\" = \"workload = '../../orders'\"\n",
        "[data]\n\"cofferdam.toml\" = \"workload = 'a/b/c'\"\n",
        "[data\n"
      })
  void whatNamesNoWorkloadIsRefused(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(MalformedEvidenceException.class);
  }

  @Test
  void nestingAndLengthHaveLimits() {
    String deep = "a = " + "[".repeat(100_000) + "]".repeat(100_000);
    assertThatThrownBy(() -> parse(deep)).isInstanceOf(MalformedEvidenceException.class);
    assertThatThrownBy(() -> parse("#".repeat(1 << 20) + "\n[data]\n"))
        .isInstanceOf(MalformedEvidenceException.class);
  }

  private static InitDataDocument parse(String text) {
    String head = "version = \"0.1.0\"\nalgorithm = \"sha256\"\n";
    return InitDataDocument.parse(Bytes.of((head + text).getBytes(StandardCharsets.UTF_8)));
  }
}
