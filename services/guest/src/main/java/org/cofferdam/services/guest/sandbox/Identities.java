// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.services.guest.pod.Container;

/**
 * Which users this namespace knows. Root's own has all of them; that of a plain user knows one,
 * which then stands for whatever user a program asks for.
 *
 * @param all whether every user can be taken
 */
record Identities(boolean all) {

  /** What the kernel says of this process's user namespace, user_namespaces(7). */
  static Identities system() throws IOException {
    String[] fields = Files.readString(Path.of("/proc/self/uid_map")).strip().split("\\s+", -1);
    return new Identities(fields.length == 3 && Long.parseLong(fields[2]) > 65_535);
  }

  /** Gives a file to a user, where there is that user. */
  void own(Path file, Container.User user) throws IOException {
    if (all) {
      Files.setAttribute(file, "unix:uid", user.uid());
      Files.setAttribute(file, "unix:gid", user.gid());
    }
  }

  /** Arguments of unshare(1) that change to the user; other groups than the first are given up. */
  List<String> become(Container.User user) {
    List<String> arguments = new ArrayList<>();
    if (all) {
      arguments.add("--setgid=" + user.gid());
      arguments.add("--setuid=" + user.uid());
    }
    return arguments;
  }
}
