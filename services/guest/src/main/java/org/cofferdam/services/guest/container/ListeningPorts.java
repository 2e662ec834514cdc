// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks up in the kernel's tables whether somebody listens, without disturbing the service. */
public final class ListeningPorts {
  private static final String LISTEN = "0A";

  private final List<Path> tables;

  ListeningPorts(List<Path> tables) {
    this.tables = List.copyOf(tables);
  }

  /** The TCP tables of this process's network namespace. */
  public static ListeningPorts system() {
    return new ListeningPorts(List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6")));
  }

  public boolean listening(int port) throws IOException {
    String suffix = ":" + String.format("%04X", port);
    for (Path table : tables) {
      if (!Files.exists(table)) {
        continue; // a kernel without IPv6
      }
      for (String line : Files.readAllLines(table)) {
        // sl local_address rem_address st ...
        String[] fields = line.strip().split("\\s+", -1);
        if (fields.length > 3 && fields[1].endsWith(suffix) && fields[3].equals(LISTEN)) {
          return true;
        }
      }
    }
    return false;
  }
}
