// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.cofferdam.services.launch.Home;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With other processes in the place of QEMU and the TPM. */
class RunsTest {
  @TempDir private Path folder;
  private Process qemu;
  private Process tpm;
  private Home home;
  private Path run;
  private VmFolder vm;

  @BeforeEach
  void start() throws IOException {
    home = new Home(folder);
    run = home.runs().resolve("one");
    vm = VmFolder.of(run);
    Files.createDirectories(vm.tpmState());
    Files.writeString(vm.podDisk(), "pod");
    Files.createDirectories(run.resolve("guest"));
    Files.writeString(run.resolve("guest/root.erofs"), "root");
    Files.writeString(run.resolve("guest/cmdline"), "quiet");
    qemu = new ProcessBuilder("sleep", "60").start();
    tpm = new ProcessBuilder("sleep", "60").start();
    new QemuGuest(run, vm, qemu.toHandle(), tpm.toHandle(), 4711).save();
  }

  @AfterEach
  void end() {
    qemu.destroyForcibly();
    tpm.destroyForcibly();
  }

  @Test
  void findsALivingGuest() throws Exception {
    assertThat(new Runs(home).list())
        .singleElement()
        .satisfies(
            state -> {
              assertThat(state.running()).isTrue();
              assertThat(state.pid()).isEqualTo(qemu.pid());
              assertThat(state.port()).isEqualTo(4711);
            });
  }

  @Test
  void endsGuestAndTpmAndLeavesNothingOfThem() throws Exception {
    assertThat(new Runs(home).stopAll()).isEqualTo(1);
    assertThat(qemu.isAlive()).isFalse();
    assertThat(tpm.isAlive()).isFalse();
    assertThat(vm.tpmState()).doesNotExist();
    assertThat(vm.podDisk()).doesNotExist();
    assertThat(run.resolve("guest/root.erofs")).doesNotExist();
    assertThat(run.resolve("guest/cmdline")).exists();
    assertThat(new Runs(home).stopAll()).isZero();
  }

  @Test
  void endsTheTpmOfAGuestThatDied() throws Exception {
    qemu.destroyForcibly().waitFor();
    assertThat(new Runs(home).list()).singleElement().matches(state -> !state.running());
    assertThat(tpm.waitFor()).isNotZero();
  }

  @Test
  void doesNotTakeAnotherProcessOfTheSameNumberForTheGuest() throws Exception {
    String state = Files.readString(vm.state());
    Files.writeString(vm.state(), state.replaceAll("\"started\": \"20", "\"started\": \"19"));
    assertThat(new Runs(home).stopAll()).isZero();
    assertThat(qemu.isAlive()).isTrue();
  }

  @Test
  void readsStatusLinesAndPassesOverNoise() throws Exception {
    Files.writeString(
        vm.status(), "noise\n{\"step\":1}\n{\"step\":\"agent\",\"millis\":12,\"x\":true}\n{\"st");
    RunningGuest guest = new Runs(home).find(run).orElseThrow();
    GuestStatus status = guest.nextStatus(Duration.ZERO).orElseThrow();
    assertThat(status.step()).isEqualTo("agent");
    assertThat(status.millis()).isEqualTo(12);
    assertThat(guest.nextStatus(Duration.ZERO)).isEmpty();
    Files.writeString(vm.status(), "ep\":\"ready\",\"millis\":13}\n", StandardOpenOption.APPEND);
    assertThat(guest.nextStatus(Duration.ZERO)).map(GuestStatus::step).contains("ready");
  }
}
