// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.initdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomlTest {
  @Test
  void readsAllKindsOfStrings() {
    String toml =
        "a = \"t\\tq\\\" u\\u00e9 \\U0001F600\"\n"
            + "b = '\\raw'\r\n"
            + "c = \"\"\"\none\\\n   two\"\"\"\n"
            + "d = '''a'b''c'''\n"
            + "e = \"\"\"x\"\"\"\"\"\n";
    assertThat(Toml.parse(toml).get(""))
        .isEqualTo(
            Map.<String, Object>of(
                "a", "t\tq\" ué 😀", "b", "\\raw", "c", "onetwo", "d", "a'b''c", "e", "x\"\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = 1",
        "a = [1]",
        "a.b = 'x'",
        "a = 'x' b = 'y'",
        "a = 'x'\na = 'y'",
        "[t]\n[t]\n",
        "[t",
        "a = 'x",
        "a = 'x\ny'",
        "a = \"\\q\"",
        "a = \"\\ud800\"",
        "a = \"\\UFFFFFFFF\"",
        "a = '''x",
        "= 'x'",
        "a = \"\u0001\"",
        "a"
      })
  void refusesOtherToml(String toml) {
    assertThatThrownBy(() -> Toml.parse(toml)).isInstanceOf(MalformedEvidenceException.class);
  }
}
