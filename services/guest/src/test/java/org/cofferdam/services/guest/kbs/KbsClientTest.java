// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.kbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.kbs.Challenge;
import org.cofferdam.core.protocol.kbs.KbsVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KbsClientTest {
  @TempDir static Path folder;
  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = new TestBroker(folder);
    broker.secret("default/db/password", "swordfish");
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fetchesASecretThatOnlyItsKeyOpens(boolean chunks) throws IOException {
    if (chunks) {
      broker.answerInChunks();
    }
    Sample sample = new Sample();
    try (KbsClient client = connect()) {
      client.attest(sample);
      try (SecretBytes secret = client.resource("default/db/password")) {
        String text = secret.lend(bytes -> new String(bytes, StandardCharsets.UTF_8));
        assertThat(text).isEqualTo("swordfish");
      }
    }
    assertThat(broker.attestation().digest(KbsVersion.V0_4_0)).isEqualTo(sample.reportData);
    assertThat(broker.paths()).containsExactly("auth", "attest", "resource/default/db/password");
  }

  @Test
  void saysNothingToAServerWithAnotherKey() {
    byte[] other = broker.pin();
    other[0] ^= 1;
    assertThatThrownBy(() -> KbsClient.connect(broker.address(), other, new SecureRandom()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not the pinned one");
    assertThat(broker.paths()).isEmpty();
  }

  @Test
  void refusalOfTheEvidenceIsFinal() throws IOException {
    broker.refuse();
    try (KbsClient client = connect()) {
      assertThatThrownBy(() -> client.attest(new Sample()))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("AttestationError");
    }
    assertThat(broker.paths()).containsExactly("auth", "attest");
  }

  @Test
  void refusalOfAResourceNamesIt() throws IOException {
    try (KbsClient client = connect()) {
      client.attest(new Sample());
      assertThatThrownBy(() -> client.resource("default/db/other"))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("default/db/other")
          .hasMessageContaining("PolicyDeny");
    }
  }

  @Test
  void addressIsAnHttpsUrlOfHostAndPort() {
    assertThat(address("https://10.0.2.2:8443")).isEqualTo(new BrokerAddress("10.0.2.2", 8443));
    assertThat(address("https://broker/")).isEqualTo(new BrokerAddress("broker", 443));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h:1",
        "https://u@h:1",
        "https://h:1/kbs",
        "https://h:1/?q",
        "https://h/#f",
        "h:1",
        "",
        "https://a b"
      })
  void otherAddressesAreRefused(String url) {
    assertThatThrownBy(() -> address(url)).isInstanceOf(MalformedEvidenceException.class);
  }

  private KbsClient connect() throws IOException {
    return KbsClient.connect(broker.address(), broker.pin(), new SecureRandom());
  }

  private static BrokerAddress address(String url) {
    return BrokerAddress.parse(
        Json.object().put("url", url).build().write().getBytes(StandardCharsets.UTF_8));
  }

  /** Evidence of kind {@code sample}, which proves nothing. */
  private static final class Sample implements Evidence {
    private byte[] reportData = {};

    @Override
    public String tee() {
      return "sample";
    }

    @Override
    public Json offer() {
      return Json.object().build();
    }

    @Override
    public Json collect(Challenge challenge, byte[] data) {
      reportData = data;
      return Json.object().put("svn", "1").build();
    }

    @Override
    public @Nullable String initData() {
      return null;
    }
  }
}
