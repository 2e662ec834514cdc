// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cofferdam.services.launch.guest.MachineShape;
import org.cofferdam.services.launch.machine.Acceleration;
import org.junit.jupiter.api.Test;

class QemuCommandTest {
  private static final Acceleration TCG = new Acceleration(Acceleration.Kind.TCG, "test");

  private static List<String> command(Acceleration acceleration) {
    LaunchOptions options =
        new LaunchOptions(new MachineShape(576, 1), acceleration, 8080, LaunchOptions.BOOT_TIMEOUT);
    return QemuCommand.pod(options, "quiet cofferdam.root=aa", 4711);
  }

  @Test
  void theFirmwareRunsOnTheSameMachineAloneAsWithThePod() {
    List<String> alone =
        QemuCommand.machine(
            new MachineShape(576, 1), TCG.kind(), "../guest/firmware.code.fd", "vars.fd");
    assertThat(command(TCG)).startsWith(alone.toArray(new String[0]));
  }

  @Test
  void forwardsOnlyFromLoopback() {
    assertThat(command(TCG)).contains("user,id=net,hostfwd=tcp:127.0.0.1:4711-:8080");
  }

  @Test
  void givesTheCommandLineAsOneArgument() {
    List<String> command = command(TCG);
    assertThat(command.get(command.indexOf("-append") + 1)).isEqualTo("quiet cofferdam.root=aa");
  }

  @Test
  void opensDisksReadOnlyAndSharesNoFolder() {
    List<String> command = command(TCG);
    assertThat(command)
        .filteredOn(a -> a.startsWith("if=none"))
        .hasSize(3)
        .allMatch(a -> a.contains("readonly=on"));
    assertThat(String.join(" ", command)).doesNotContain("virtfs", "vhost-user-fs");
  }

  @Test
  void usesKvmOnlyWhenTheProbeSaidSo() {
    assertThat(command(TCG)).containsSequence("-accel", "tcg");
    assertThat(command(new Acceleration(Acceleration.Kind.KVM, "test")))
        .containsSequence("-accel", "kvm");
  }
}
