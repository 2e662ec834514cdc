// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.process.gramine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Names the settings of a manifest that give away what the enclave is for. */
public final class ManifestLint {

  /**
   * @param id stable, {@code gramine.…}
   * @param error whether it must not go into production
   * @param key the key in the manifest
   */
  public record Finding(String id, boolean error, String key, String message, String fix) {}

  private record Flag(String id, List<String> key, String message, String fix) {}

  private static final List<Flag> FLAGS =
      List.of(
          new Flag(
              "gramine.debug",
              List.of("sgx", "debug"),
              "the host reads and changes the enclave's memory",
              "set it to false"),
          new Flag(
              "gramine.host-argv",
              List.of("loader", "insecure__use_cmdline_argv"),
              "the host chooses the program's arguments",
              "state them in loader.argv"),
          new Flag(
              "gramine.host-env",
              List.of("loader", "insecure__use_host_env"),
              "the host chooses the whole environment, LD_PRELOAD included",
              "state each variable in loader.env"),
          new Flag(
              "gramine.aslr",
              List.of("loader", "insecure__disable_aslr"),
              "addresses are the same in every run",
              "remove it"),
          new Flag(
              "gramine.eventfd",
              List.of("sys", "insecure__allow_eventfd"),
              "eventfd is emulated by the host, which can change its counters",
              "remove it where the program runs without it"),
          new Flag(
              "gramine.flock",
              List.of("sys", "experimental__enable_flock"),
              "file locks are experimental",
              "remove it where the program runs without it"),
          new Flag(
              "gramine.memfaults",
              List.of("sgx", "insecure__allow_memfaults_without_exinfo"),
              "the host chooses the address of a memory fault",
              "set sgx.use_exinfo instead"),
          new Flag(
              "gramine.stats",
              List.of("sgx", "enable_stats"),
              "the host learns how often the enclave was left, and why",
              "set it to false"),
          new Flag(
              "gramine.profile",
              List.of("sgx", "profile", "enable"),
              "the host learns where the program spends its time",
              "remove it"),
          new Flag(
              "gramine.vtune",
              List.of("sgx", "vtune_profile"),
              "the host learns where the program spends its time",
              "remove it"));

  private ManifestLint() {}

  /** Findings in the order of the rules. */
  public static List<Finding> check(GramineManifest manifest) {
    List<Finding> findings = new ArrayList<>();
    for (Flag flag : FLAGS) {
      if (manifest.flag(flag.key().toArray(String[]::new))) {
        findings.add(
            new Finding(flag.id(), true, String.join(".", flag.key()), flag.message(), flag.fix()));
      }
    }
    Object level = manifest.value("loader", "log_level");
    if (level != null && !level.equals("error") && !level.equals("none")) {
      findings.add(
          new Finding(
              "gramine.log-level",
              true,
              "loader.log_level",
              "what the program does is written to the host at level " + level,
              "set it to error or none"));
    }
    if ("allow_all_but_log".equals(manifest.value("sgx", "file_check_policy"))) {
      findings.add(
          new Finding(
              "gramine.allow-all",
              true,
              "sgx.file_check_policy",
              "files without a hash are opened, so the host chooses their content",
              "remove it and list the files in sgx.trusted_files"));
    }
    if (manifest.value("fs", "insecure__keys") instanceof Map<?, ?> keys && !keys.isEmpty()) {
      findings.add(
          new Finding(
              "gramine.keys",
              true,
              "fs.insecure__keys",
              "keys of encrypted files stand in the manifest, which is no secret",
              "have them released by the broker"));
    }
    Object threads = manifest.value("sgx", "insecure__rpc_thread_num");
    if (threads instanceof Long n && n > 0) {
      findings.add(
          new Finding(
              "gramine.rpc-threads",
              true,
              "sgx.insecure__rpc_thread_num",
              "calls without exits have had vulnerabilities",
              "set it to 0"));
    }
    if (manifest.value("fs", "mounts") instanceof List<?> mounts
        && mounts.stream()
            .anyMatch(m -> m instanceof Map<?, ?> t && "untrusted_shm".equals(t.get("type")))) {
      findings.add(
          new Finding(
              "gramine.shared-memory",
              true,
              "fs.mounts",
              "a mount of type untrusted_shm is memory that the host reads and changes",
              "remove it, or waive it where the program treats it as the host's"));
    }
    if (manifest.value("loader", "env") instanceof Map<?, ?> env) {
      env.forEach(
          (name, value) -> {
            if (value instanceof Map<?, ?> table && Boolean.TRUE.equals(table.get("passthrough"))) {
              findings.add(
                  new Finding(
                      "gramine.env-passthrough",
                      false,
                      "loader.env." + name,
                      "the host chooses its value",
                      "state the value, or treat it as input that the host chose"));
            }
          });
    }
    if (manifest.value("sgx", "allowed_files") instanceof List<?> allowed) {
      for (Object entry : allowed) {
        findings.add(allowed(manifest, String.valueOf(entry)));
      }
    }
    return findings;
  }

  private static Finding allowed(GramineManifest manifest, String uri) {
    String covered = uri.endsWith("/") ? uri : uri + "/";
    boolean shadows =
        manifest.value("sgx", "trusted_files") instanceof List<?> files
            && files.stream()
                .map(f -> f instanceof Map<?, ?> t ? String.valueOf(t.get("uri")) : f.toString())
                .anyMatch(f -> f.equals(uri) || f.startsWith(covered));
    return shadows
        ? new Finding(
            "gramine.allowed-shadows-trusted",
            true,
            "sgx.allowed_files",
            uri + " is looked at first, so the hashes of trusted files there are never checked",
            "allow single files beside the trusted ones")
        : new Finding(
            "gramine.allowed-file",
            false,
            "sgx.allowed_files",
            uri + " is read and written without any check",
            "use an encrypted mount, or treat it as the host's");
  }
}
