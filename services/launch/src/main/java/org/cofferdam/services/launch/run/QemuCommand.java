// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.services.launch.guest.MachineShape;
import org.cofferdam.services.launch.machine.Acceleration;

/** QEMU's command lines; all paths are relative to {@code RUN/vm}. */
final class QemuCommand {
  private QemuCommand() {}

  /**
   * The machine with its firmware, nothing to boot. What it measures into PCR 0 depends on this.
   */
  static List<String> machine(
      MachineShape shape, Acceleration.Kind acceleration, String code, String variables) {
    return new ArrayList<>(
        List.of(
            "qemu-system-x86_64",
            "-nodefaults",
            "-no-user-config",
            "-display",
            "none",
            "-no-reboot",
            "-M",
            "q35",
            "-accel",
            acceleration == Acceleration.Kind.KVM ? "kvm" : "tcg",
            // Class archives and firmware state depend on it; 5-level paging is slow in emulation.
            "-cpu",
            acceleration == Acceleration.Kind.KVM ? "max" : "max,la57=off",
            "-m",
            Integer.toString(shape.memoryMiB()),
            "-smp",
            Integer.toString(shape.cpus()),
            "-drive",
            "if=pflash,format=raw,unit=0,readonly=on,file=" + code,
            "-drive",
            "if=pflash,format=raw,unit=1,file=" + variables));
  }

  /** The pod's machine. */
  static List<String> pod(LaunchOptions options, String commandLine, int port) {
    List<String> command =
        machine(
            options.shape(), options.acceleration().kind(), "../guest/firmware.code.fd", "vars.fd");
    command.addAll(
        List.of(
            "-serial",
            "file:console.log",
            "-kernel",
            "../guest/vmlinuz",
            "-initrd",
            "../guest/initrd.img",
            "-append",
            commandLine,
            "-chardev",
            "socket,id=tpm,path=" + VmFolder.TPM_SOCKET,
            "-tpmdev",
            "emulator,id=tpm0,chardev=tpm",
            "-device",
            "tpm-crb,tpmdev=tpm0"));
    disk(command, "root", "../guest/root.erofs");
    disk(command, "verity", "../guest/root.verity");
    disk(command, "pod", "pod.img");
    command.addAll(
        List.of(
            "-netdev",
            "user,id=net,hostfwd=tcp:127.0.0.1:" + port + "-:" + options.guestPort(),
            "-device",
            "virtio-net-pci,netdev=net,romfile=",
            "-device",
            "virtio-serial-pci",
            "-chardev",
            "file,id=status,path=status.jsonl",
            "-device",
            "virtserialport,chardev=status,name=cofferdam.status",
            "-chardev",
            "file,id=log,path=containers.log",
            "-device",
            "virtserialport,chardev=log,name=cofferdam.log"));
    return command;
  }

  private static void disk(List<String> command, String serial, String file) {
    command.addAll(
        List.of(
            "-drive",
            "if=none,id=" + serial + ",format=raw,readonly=on,file=" + file,
            "-device",
            "virtio-blk-pci,drive=" + serial + ",serial=" + serial));
  }
}
