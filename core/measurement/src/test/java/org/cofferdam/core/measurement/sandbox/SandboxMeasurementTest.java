// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.cofferdam.core.bytes.Digests;
import org.junit.jupiter.api.Test;

class SandboxMeasurementTest {
  @Test
  void isTheHashOfNamesAndChunks() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeBytes("EADD");
    out.writeInt(2);
    out.write("é".getBytes(StandardCharsets.UTF_8));
    out.writeBytes("EEXT");
    out.writeLong(0);
    out.writeInt(3);
    out.writeBytes("abc");
    SandboxMeasurement measurement = new SandboxMeasurement();
    measurement.document("é", "abc".getBytes(StandardCharsets.UTF_8));
    assertThat(measurement.mrEnclave()).isEqualTo(Digests.sha256(bytes.toByteArray()));
  }

  @Test
  void streamsAndDocumentsAreCutAlike() throws IOException {
    byte[] large = new byte[150_000];
    SandboxMeasurement whole = new SandboxMeasurement();
    whole.document("a", large);
    SandboxMeasurement streamed = new SandboxMeasurement();
    streamed.add("a");
    streamed.content(
        new FilterInputStream(new ByteArrayInputStream(large)) {
          @Override
          public int read(byte[] target, int at, int length) throws IOException {
            return super.read(target, at, Math.min(length, 1000));
          }
        });
    assertThat(streamed.mrEnclave()).isEqualTo(whole.mrEnclave());
  }

  @Test
  void namesAndContentCannotBeExchanged() {
    SandboxMeasurement one = new SandboxMeasurement();
    one.document("a", "b".getBytes(StandardCharsets.UTF_8));
    SandboxMeasurement other = new SandboxMeasurement();
    other.add("a");
    other.add("b");
    assertThat(one.mrEnclave()).isNotEqualTo(other.mrEnclave());
  }
}
