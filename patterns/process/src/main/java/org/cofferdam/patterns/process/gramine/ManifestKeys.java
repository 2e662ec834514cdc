// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.process.gramine;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys that Gramine 1.9 knows. A key that it does not know is an error there too. */
final class ManifestKeys {
  /** Tables whose members have names of the author's choice. */
  private static final List<String> OPEN =
      List.of("loader.env", "fs.insecure__keys", "sys.ioctl_structs");

  private static final Set<String> KNOWN =
      Set.of(
          "loader.entrypoint.uri",
          "loader.entrypoint.sha256",
          "loader.argv",
          "loader.argv_src_file",
          "loader.insecure__use_cmdline_argv",
          "loader.env_src_file",
          "loader.insecure__use_host_env",
          "loader.uid",
          "loader.gid",
          "loader.log_level",
          "loader.log_file",
          "loader.insecure__disable_aslr",
          "libos.entrypoint",
          "libos.check_invalid_pointers",
          "libos.sync.enable",
          "fs.root.type",
          "fs.root.uri",
          "fs.root.key_name",
          "fs.root.enable_recovery",
          "fs.start_dir",
          "fs.mounts",
          "sys.stack.size",
          "sys.brk.max_size",
          "sys.fds.limit",
          "sys.disallow_subprocesses",
          "sys.enable_sigterm_injection",
          "sys.enable_extra_runtime_domain_names_conf",
          "sys.insecure__allow_eventfd",
          "sys.experimental__enable_flock",
          "sys.allowed_ioctls",
          "sys.debug__mock_syscalls",
          "sgx.enclave_size",
          "sgx.max_threads",
          "sgx.edmm_enable",
          "sgx.debug",
          "sgx.isvprodid",
          "sgx.isvsvn",
          "sgx.remote_attestation",
          "sgx.use_exinfo",
          "sgx.insecure__allow_memfaults_without_exinfo",
          "sgx.cpu_features.avx",
          "sgx.cpu_features.avx512",
          "sgx.cpu_features.amx",
          "sgx.cpu_features.mpx",
          "sgx.cpu_features.pkru",
          "sgx.seal_key.flags_mask",
          "sgx.seal_key.xfrm_mask",
          "sgx.seal_key.misc_mask",
          "sgx.trusted_files",
          "sgx.allowed_files",
          "sgx.file_check_policy",
          "sgx.insecure__rpc_thread_num",
          "sgx.preheat_enclave",
          "sgx.enable_stats",
          "sgx.profile.enable",
          "sgx.profile.mode",
          "sgx.profile.with_stack",
          "sgx.profile.frequency",
          "sgx.vtune_profile");

  private ManifestKeys() {}

  static void check(Map<String, Object> root) {
    check("", root);
  }

  private static void check(String at, Map<?, ?> table) {
    for (Map.Entry<?, ?> entry : table.entrySet()) {
      String key = at.isEmpty() ? (String) entry.getKey() : at + "." + entry.getKey();
      if (OPEN.contains(key) || KNOWN.contains(key)) {
        continue;
      }
      if (key.equals("sgx.sigfile")) {
        throw new ManifestException("sgx.sigfile was removed from Gramine; the loader stops at it");
      }
      boolean parent =
          KNOWN.stream().anyMatch(k -> k.startsWith(key + "."))
              || OPEN.stream().anyMatch(k -> k.startsWith(key + "."));
      if (!parent) {
        throw new ManifestException(key + " is no key that Gramine knows");
      }
      if (!(entry.getValue() instanceof Map<?, ?> inner)) {
        throw new ManifestException(key + " is no table");
      }
      check(key, inner);
    }
  }
}
