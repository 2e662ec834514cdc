// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListeningPortsTest {
  @TempDir Path folder;

  @Test
  void onlyAListeningSocketOfThatPortCounts() throws Exception {
    Path table = folder.resolve("tcp");
    Files.writeString(
        table,
        """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt
           0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000
           1: 0100007F:0050 0100007F:C001 01 00000000:00000000 00:00000000 00000000
        """);
    ListeningPorts ports = new ListeningPorts(List.of(table, folder.resolve("none")));
    assertThat(ports.listening(8080)).isTrue();
    assertThat(ports.listening(80)).isFalse();
    assertThat(ports.listening(0xC001)).isFalse();
  }

  @Test
  void seesASocketOfThisMachine() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(ListeningPorts.system().listening(socket.getLocalPort())).isTrue();
    }
  }
}
