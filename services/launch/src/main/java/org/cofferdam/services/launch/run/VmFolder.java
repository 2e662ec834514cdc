// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import java.nio.file.Path;

/**
 * {@code RUN/vm}: what one virtual machine leaves on disk. QEMU and swtpm run in it, so that paths
 * stay short enough for sockets.
 *
 * @param folder {@code RUN/vm}
 */
record VmFolder(Path folder) {
  static final String TPM_SOCKET = "tpm.sock";

  static VmFolder of(Path run) {
    return new VmFolder(run.toAbsolutePath().resolve("vm"));
  }

  Path tpmState() {
    return folder.resolve("tpm");
  }

  Path tpmLog() {
    return folder.resolve("tpm.log");
  }

  Path variables() {
    return folder.resolve("vars.fd");
  }

  Path podDisk() {
    return folder.resolve("pod.img");
  }

  Path status() {
    return folder.resolve("status.jsonl");
  }

  Path containerLog() {
    return folder.resolve("containers.log");
  }

  Path console() {
    return folder.resolve("console.log");
  }

  Path qemuLog() {
    return folder.resolve("qemu.log");
  }

  Path state() {
    return folder.resolve("state.json");
  }
}
