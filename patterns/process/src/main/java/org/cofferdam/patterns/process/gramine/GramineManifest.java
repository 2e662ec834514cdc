// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.process.gramine;

import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.measurement.gramine.CpuFeature;
import org.cofferdam.core.measurement.gramine.EnclaveSettings;
import org.jspecify.annotations.Nullable;

/**
 * A manifest of Gramine, as maps in the order of its text.
 *
 * @param root tables, arrays and plain values
 */
public record GramineManifest(Map<String, Object> root) {

  /**
   * @throws ManifestException where the text is no TOML or has a key that Gramine does not know
   */
  public static GramineManifest parse(String text) {
    GramineManifest manifest = new GramineManifest(ManifestReader.read(text));
    ManifestKeys.check(manifest.root());
    return manifest;
  }

  /**
   * The manifest as the loader takes it: defaults written out, every trusted file with its hash,
   * the entry point's hash filled in.
   *
   * @param tree where its {@code file:} URIs lead
   * @throws ManifestException where a file is missing or an entry is contradictory
   */
  public GramineManifest expand(FileTree tree) throws IOException {
    Map<String, Object> expanded = new LinkedHashMap<>(root);
    Map<String, Object> sgx = copy(expanded, "sgx");
    sgx.putIfAbsent("trusted_files", List.of());
    sgx.putIfAbsent("max_threads", 4L);
    sgx.putIfAbsent("isvprodid", 0L);
    sgx.putIfAbsent("isvsvn", 0L);
    sgx.putIfAbsent("remote_attestation", "none");
    sgx.putIfAbsent("debug", false);
    sgx.putIfAbsent("enable_stats", false);
    sgx.putIfAbsent("edmm_enable", false);
    boolean edmm = Boolean.TRUE.equals(sgx.get("edmm_enable"));
    sgx.putIfAbsent("enclave_size", edmm ? "1024G" : "256M");
    sgx.putIfAbsent("use_exinfo", false);
    Map<String, Object> features = copy(sgx, "cpu_features");
    for (String name : List.of("avx", "avx512", "amx")) {
      features.putIfAbsent(name, "unspecified");
    }
    for (String name : List.of("mpx", "pkru")) {
      features.putIfAbsent(name, "disabled");
    }
    if (!(sgx.get("trusted_files") instanceof List<?> files)) {
      throw new ManifestException("sgx.trusted_files is no array");
    }
    sgx.put("trusted_files", TrustedFiles.expand(files, tree));

    Map<String, Object> loader = copy(expanded, "loader");
    if (!(loader.get("entrypoint") instanceof Map<?, ?>)) {
      throw new ManifestException(
          "loader.entrypoint.uri is missing: the library OS that the loader starts");
    }
    Map<String, Object> entrypoint = copy(loader, "entrypoint");
    if (!(entrypoint.get("uri") instanceof String uri)) {
      throw new ManifestException("loader.entrypoint.uri is missing or no string");
    }
    if (!entrypoint.containsKey("sha256")) {
      entrypoint.put("sha256", TrustedFiles.hash(uri, tree));
    }
    return new GramineManifest(expanded);
  }

  /** The text whose bytes are measured. */
  public String write() {
    return TomlWriter.write(root);
  }

  /** Whether defaults and hashes are written out, as the loader demands. */
  public boolean expanded() {
    boolean hashed =
        value("sgx", "trusted_files") instanceof List<?> files
            && files.stream()
                .allMatch(f -> f instanceof Map<?, ?> t && t.get("sha256") instanceof String);
    return hashed
        && value("sgx", "max_threads") != null
        && value("sgx", "enclave_size") != null
        && value("loader", "entrypoint", "sha256") instanceof String;
  }

  /**
   * What it says of the enclave.
   *
   * @throws ManifestException where a value has the wrong type or is out of range
   */
  public EnclaveSettings settings() {
    Map<CpuFeature, CpuFeature.Use> features = new EnumMap<>(CpuFeature.class);
    for (CpuFeature feature : CpuFeature.values()) {
      String name = feature.name().toLowerCase(Locale.ROOT);
      boolean old = feature == CpuFeature.MPX || feature == CpuFeature.PKRU;
      String use = text(old ? "disabled" : "unspecified", "sgx", "cpu_features", name);
      List<String> known =
          old ? List.of("disabled", "required") : List.of("unspecified", "disabled", "required");
      if (!known.contains(use)) {
        throw new ManifestException(
            "sgx.cpu_features." + name + " is not one of " + known + ": " + use);
      }
      features.put(feature, CpuFeature.Use.valueOf(use.toUpperCase(Locale.ROOT)));
    }
    boolean edmm = flag("sgx", "edmm_enable");
    try {
      return new EnclaveSettings(
          Size.parse("sgx.enclave_size", text(edmm ? "1024G" : "256M", "sgx", "enclave_size")),
          number(4, "sgx", "max_threads"),
          edmm,
          flag("sgx", "debug"),
          flag("sgx", "use_exinfo"),
          number(0, "sgx", "isvprodid"),
          number(0, "sgx", "isvsvn"),
          features);
    } catch (IllegalArgumentException e) {
      throw new ManifestException(String.valueOf(e.getMessage()));
    }
  }

  /** The value under these keys; null where there is none. */
  @Nullable Object value(String... keys) {
    Object at = root;
    for (String key : keys) {
      if (!(at instanceof Map<?, ?> table)) {
        return null;
      }
      at = table.get(key);
    }
    return at;
  }

  boolean flag(String... keys) {
    return switch (value(keys)) {
      case null -> false;
      case Boolean b -> b;
      default -> throw new ManifestException(String.join(".", keys) + " is not true or false");
    };
  }

  private int number(int absent, String... keys) {
    return switch (value(keys)) {
      case null -> absent;
      case Long n when n == n.intValue() -> n.intValue();
      default -> throw new ManifestException(String.join(".", keys) + " is no small number");
    };
  }

  private String text(String absent, String... keys) {
    return switch (value(keys)) {
      case null -> absent;
      case String s -> s;
      default -> throw new ManifestException(String.join(".", keys) + " is no string");
    };
  }

  /** Replaces a table by a copy that may be changed, and returns that. */
  private static Map<String, Object> copy(Map<String, Object> parent, String key) {
    Map<String, Object> copy = new LinkedHashMap<>();
    Optional.ofNullable(parent.get(key))
        .ifPresent(
            value -> {
              if (!(value instanceof Map<?, ?> table)) {
                throw new ManifestException(key + " is no table");
              }
              table.forEach((name, member) -> copy.put((String) name, member));
            });
    parent.put(key, copy);
    return copy;
  }
}
