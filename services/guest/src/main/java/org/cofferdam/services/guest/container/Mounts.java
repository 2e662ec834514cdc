// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.container;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** File systems mounted for the pod, unmounted in the other order. */
final class Mounts implements AutoCloseable {
  private final Programs programs;
  private final Deque<Path> mounted = new ArrayDeque<>();

  Mounts(Programs programs) {
    this.programs = programs;
  }

  /** A file system in memory of at most that size. */
  synchronized void memory(Path place, long bytes, String options) throws IOException {
    mount("tmpfs", place, "size=" + bytes + "," + options);
  }

  /** {@code upper} over {@code lower}, which stays as it is. */
  synchronized void overlay(Path place, Path lower, Path upper, Path work) throws IOException {
    mount("overlay", place, "lowerdir=" + lower + ",upperdir=" + upper + ",workdir=" + work);
  }

  private void mount(String type, Path place, String options) throws IOException {
    programs.run("mount", "-t", type, "-o", options, type, place.toString());
    mounted.push(place);
  }

  synchronized void unmount(Path place) throws IOException {
    programs.run("umount", place.toString());
    mounted.remove(place);
  }

  @Override
  public synchronized void close() throws IOException {
    while (!mounted.isEmpty()) {
      unmount(mounted.peek());
    }
  }
}
