// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RvpsMessageTest {
  private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2027-11-01T00:00:00Z");

  private static List<ReferenceValue> read(String version, String type, String payload) {
    String encoded = Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8));
    Json message =
        Json.object().put("version", version).put("type", type).put("payload", encoded).build();
    return RvpsMessage.read(
        message, Map.of("snp_launch_measurement", "/snp/measurement"), FROM, UNTIL);
  }

  @Test
  void eachNameIsOneStagedValueThatEnds() {
    List<ReferenceValue> values =
        read("0.1.0", "sample", "{\"snp_launch_measurement\":[\"aa\",\"bb\"],\"/tdx/mrtd\":[]}");
    assertThat(values).hasSize(2);
    assertThat(values.getFirst().claim()).isEqualTo("/snp/measurement");
    assertThat(values.getFirst().match())
        .isEqualTo(new Match.AnyOf(List.of(Json.of("aa"), Json.of("bb"))));
    assertThat(values.getFirst().state()).isEqualTo(ReferenceValue.State.STAGED);
    assertThat(values.getFirst().notAfter()).isEqualTo(UNTIL);
    // No allowed value matches nothing; it does not allow everything.
    assertThat(values.getLast().match()).isEqualTo(new Match.AnyOf(List.of()));
    assertThat(values.getLast().claim()).isEqualTo("/tdx/mrtd");
  }

  @ParameterizedTest
  @CsvSource({
    "0.2.0, sample, {}",
    "0.1.0, swid, {}",
    "0.1.0, sample, []",
    "0.1.0, sample, '{\"unknown_name\":[\"aa\"]}'",
    "0.1.0, sample, '{\"snp_launch_measurement\":\"aa\"}'",
  })
  void anotherFormIsRefused(String version, String type, String payload) {
    assertThatThrownBy(() -> read(version, type, payload))
        .isInstanceOf(MalformedEvidenceException.class);
  }
}
