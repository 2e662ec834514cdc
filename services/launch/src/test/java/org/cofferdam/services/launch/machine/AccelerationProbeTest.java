// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.cofferdam.services.launch.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccelerationProbeTest {
  @TempDir private Path folder;

  @Test
  void usesKvmOnlyWhenTheTestGuestRan() throws Exception {
    assertThat(probe("exit 33").probe().kind()).isEqualTo(Acceleration.Kind.KVM);
  }

  @Test
  void fallsBackWhenQemuFailsAndSaysWhy() throws Exception {
    Acceleration answer = probe("echo first; echo 'Assertion failed' >&2; exit 134").probe();
    assertThat(answer.kind()).isEqualTo(Acceleration.Kind.TCG);
    assertThat(answer.reason()).contains("134", "Assertion failed");
  }

  @Test
  void fallsBackWhenTheGuestEndsInAnotherWay() throws Exception {
    assertThat(probe("exit 0").probe().kind()).isEqualTo(Acceleration.Kind.TCG);
  }

  @Test
  void fallsBackWhenTheGuestHangs() throws Exception {
    Acceleration answer = probe("exec sleep 60").probe();
    assertThat(answer.kind()).isEqualTo(Acceleration.Kind.TCG);
    assertThat(answer.reason()).contains("did not end");
  }

  @Test
  void fallsBackWithoutADevice() throws Exception {
    Acceleration answer = new AccelerationProbe(folder.resolve("kvm"), "false").probe();
    assertThat(answer.kind()).isEqualTo(Acceleration.Kind.TCG);
    assertThat(answer.reason()).contains("has no");
  }

  @Test
  void asksOnceForEachBootOfTheMachine() throws Exception {
    Home home = new Home(folder.resolve("home"));
    Acceleration first = probe("exit 33").ask(home);
    assertThat(probe("exit 1").ask(home)).isEqualTo(first);
    Path kept = home.cache().resolve("acceleration.json");
    Files.writeString(
        kept, Files.readString(kept).replaceAll("\"boot\": \"[^\"]*\"", "\"boot\": \"x\""));
    assertThat(probe("exit 1").ask(home).kind()).isEqualTo(Acceleration.Kind.TCG);
  }

  private AccelerationProbe probe(String script) throws IOException {
    Path device = folder.resolve("device");
    Path qemu = folder.resolve("qemu");
    Files.writeString(device, "");
    Files.writeString(qemu, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(qemu, PosixFilePermissions.fromString("rwx------"));
    return new AccelerationProbe(device, qemu.toString());
  }
}
