// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitDataTest {
  private static final String GOOD =
      """
      version = "0.1.0" # comment
      algorithm = "sha256"

      [data]
      "cofferdam.toml" = '''
      workload = "default/orders"
      broker_key = "sha256:KEY"
      logs = true
      '''
      "pod.json" = '{"version":1}'
      """
          .replace("KEY", "ab".repeat(32));

  @Test
  void readsItsMembers() {
    InitData initData = parse(GOOD);
    assertThat(initData.workload()).isEqualTo("default/orders");
    assertThat(initData.brokerKey()).hasSize(32).containsOnly(0xab);
    assertThat(initData.logs()).isTrue();
    assertThat(initData.pod().write()).isEqualTo("{\"version\":1}");
    assertThat(initData.text()).isEqualTo(GOOD);
  }

  @ParameterizedTest
  @CsvSource({
    "0.1.0, 0.2.0, version",
    "'algorithm = \"sha256\"', 'algorithm = \"sha384\"', algorithm",
    "[data], [date], date",
    "logs = true, logs = \"yes\", logs",
    "logs = true, , logs",
    "sha256:ab, md5:ab, broker_key",
    "sha256:ab, sha256:, broker_key",
    "pod.json, pod.yaml, pod.json"
  })
  void refusesWhatIsNotInitData(String part, String other, String field) {
    assertThat(GOOD).contains(part);
    assertThatThrownBy(() -> parse(GOOD.replace(part, other == null ? "" : other)))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining(field);
  }

  @Test
  void refusesTextThatIsNotUtf8() {
    assertThatThrownBy(() -> InitData.parse(new byte[] {(byte) 0xff}))
        .isInstanceOf(MalformedEvidenceException.class);
  }

  @Test
  void changedTextGivesADocumentOrARefusal() {
    Random random = new Random(2);
    byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        InitData.parse(bad);
      } catch (MalformedEvidenceException e) {
        assertThat(e.format()).isNotEmpty();
      }
    }
  }

  private static InitData parse(String toml) {
    return InitData.parse(toml.getBytes(StandardCharsets.UTF_8));
  }
}
