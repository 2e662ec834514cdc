// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.apps.server.config.PostgresConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a server from its store is told as what it is. */
class StoresTest {
  @TempDir Path folder;
  private Path config;

  @BeforeEach
  void configure() throws Exception {
    config = TestConfig.write(folder, new TestAdmin(), new FoundryEvidence("serve").root());
  }

  private ServerException problem(String url, String passwordFile) throws Exception {
    String postgres =
        "{\"postgres\":{\"url\":\"%s\",\"user\":\"cofferdam\",\"passwordFile\":\"%s\"},"
            .formatted(url, passwordFile);
    Files.writeString(config, postgres + Files.readString(config).substring(1));
    return catchThrowableOfType(
        ServerException.class,
        () ->
            Server.start(
                new Options(Optional.of(config), false).load(Map.of()),
                InstantSource.system(),
                new SecureRandom()));
  }

  @Test
  void aDatabaseThatDoesNotRunIsNamed() throws Exception {
    Files.writeString(folder.resolve("password"), "hunter2\n");
    String url;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      url = "jdbc:postgresql://127.0.0.1:" + taken.getLocalPort() + "/none";
    }
    ServerException problem = problem(url, "password");
    assertThat(problem).hasMessageContaining("PostgreSQL").message().doesNotContain("hunter2");
    assertThat(problem.remedy()).contains("\"postgres\"");
  }

  @Test
  void aPasswordThatCannotBeReadIsNamed() throws Exception {
    ServerException problem = problem("jdbc:postgresql://127.0.0.1:1/none", "no-such-file");
    assertThat(problem).hasMessageContaining("no-such-file");
    assertThat(problem.remedy()).contains("passwordFile");
  }

  @Test
  void thePasswordIsTheFirstLineAsItStandsThere() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), " with blanks \n# and a note\n");
    assertThat(new PostgresConfig("", "", Optional.of(file)).password()).isEqualTo(" with blanks ");
    assertThat(new PostgresConfig("", "", Optional.empty()).password()).isEmpty();
    assertThatThrownBy(
            () -> new PostgresConfig("", "", Optional.of(folder.resolve("no"))).password())
        .hasMessageContaining("no");
  }
}
