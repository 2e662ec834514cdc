// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.benchmarks.rego;

import java.util.ArrayList;
import java.util.List;

/** Policies of the sizes that are met in practice, written for the measurement. */
final class SamplePolicies {
  private static final int CLAIMS = 40;
  private static final int CONTAINERS = 48;

  private SamplePolicies() {}

  /** An attestation policy of about 200 lines that looks up 40 reference values. */
  static String attestation() {
    StringBuilder s =
        new StringBuilder(
            "package policy\n\nimport rego.v1\n\ndefault hardware := 97\n\ndefault executables := 33\n\ndefault configuration := 36\n\n");
    s.append(
        "trust_claims := {\n  \"hardware\": hardware,\n  \"executables\": executables,\n  \"configuration\": configuration,\n}\n\n");
    for (String tee : List.of("sgx", "tdx", "snp")) {
      s.append("executables := 3 if {\n  input.").append(tee).append("\n");
      for (int i = 0; i < 10; i++) {
        claim(s, tee, i);
      }
      s.append("}\n\nhardware := 2 if {\n  input.").append(tee).append("\n");
      for (int i = 10; i < 25; i++) {
        claim(s, tee, i);
      }
      s.append("  not input.")
          .append(tee)
          .append(".debug\n}\n\nconfiguration := 2 if {\n  input.")
          .append(tee)
          .append("\n");
      for (int i = 25; i < CLAIMS; i++) {
        claim(s, tee, i);
      }
      s.append("  every f in input.")
          .append(tee)
          .append(".flags {\n    f in {\"smt\", \"tsme\", \"ecc\"}\n  }\n}\n\n");
    }
    return s.toString();
  }

  private static void claim(StringBuilder s, String tee, int i) {
    s.append("  input.").append(tee).append(".claim").append(i);
    s.append(" in query_reference_value(\"").append(tee).append("_claim").append(i).append("\")\n");
  }

  /** Evidence that meets {@link #attestation}. */
  static String evidence() {
    List<String> claims = new ArrayList<>();
    for (int i = 0; i < CLAIMS; i++) {
      claims.add("\"claim" + i + "\":\"" + "%064x".formatted(i) + "\"");
    }
    return "{\"snp\":{"
        + String.join(",", claims)
        + ",\"debug\":false,\"flags\":[\"smt\",\"ecc\"]}}";
  }

  /** Reference values that {@link #evidence} meets, by id. */
  static String references() {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < CLAIMS; i++) {
      out.add(
          "\"snp_claim" + i + "\":[\"" + "f".repeat(64) + "\",\"" + "%064x".formatted(i) + "\"]");
    }
    return "{" + String.join(",", out) + "}";
  }

  /** A guest policy: 60 kB of rules, and 100 kB of what the containers may be. */
  static String guest() {
    StringBuilder s =
        new StringBuilder(
            "package agent_policy\n\nimport rego.v1\n\ndefault CreateContainerRequest := false\n\n");
    s.append(
        """
        CreateContainerRequest if {
          some container in policy_data.containers
          allow_all(container.OCI, input.OCI)
          allow_storages(container.storages, input.storages)
        }

        allow_all(p, i) if {
          p.Version == i.Version
          p.Root.Readonly == i.Root.Readonly
          allow_args(p.Process.Args, i.Process.Args)
          allow_env(p.Process.Env, i.Process.Env)
          allow_mounts(p.Mounts, i.Mounts)
          allow_checks(p, i)
        }

        allow_args(p, i) if {
          count(p) == count(i)
          every n, arg in i { arg == p[n] }
        }

        allow_env(p, i) if {
          every e in i { allow_var(p, e) }
        }

        allow_var(p, e) if e in p

        allow_var(p, e) if {
          name_value := split(e, "=")
          name_value[0] in {"HOSTNAME", "KUBERNETES_SERVICE_HOST"}
          regex.match(`^[a-z0-9.-]+$`, name_value[1])
        }

        allow_mounts(p, i) if {
          every m in i { some q in p; mount_equal(q, m) }
        }

        mount_equal(q, m) if {
          q.destination == m.destination
          q.type_ == m.type_
          startswith(m.source, trim_suffix(q.source, "$"))
          {o | some o in q.options} == {o | some o in m.options}
        }

        allow_storages(p, i) if {
          count(p) == count(i)
          every s in i { some q in p; q.mount_point == s.mount_point; q.driver == s.driver }
        }

        """);
    int checks = 0;
    StringBuilder calls = new StringBuilder("allow_checks(p, i) if {\n");
    while (s.length() < 57_000) {
      String n = "check" + checks++;
      calls.append("  ").append(n).append("(p, i)\n");
      s.append(n)
          .append("(p, i) if {\n  value := object.get(p.Annotations, \"a")
          .append(checks % 30)
          .append("\", \"\")\n  value == object.get(i.Annotations, \"a")
          .append(checks % 30)
          .append("\", \"\")\n  not startswith(value, \"forbidden\")\n}\n\n");
      s.append(n)
          .append(
              "(p, i) if {\n  p.Process.User.UID == 0\n  i.Process.User.UID == 0\n  p.Privileged\n}\n\n");
    }
    s.append(calls).append("}\n\n");
    return s.append("policy_data := ").append(containers()).append('\n').toString();
  }

  private static String containers() {
    List<String> all = new ArrayList<>();
    for (int c = 0; c < CONTAINERS; c++) {
      all.add("{\"OCI\":" + oci(c) + ",\"storages\":" + storages(c) + "}");
    }
    // A peer refuses lines of more than 1024 columns.
    return ("{\"containers\":[" + String.join(",\n", all) + "]}").replace("\",\"", "\",\n\"");
  }

  private static String oci(int c) {
    List<String> env = new ArrayList<>();
    List<String> mounts = new ArrayList<>();
    List<String> annotations = new ArrayList<>();
    for (int k = 0; k < 20; k++) {
      env.add("\"VAR" + k + "=value-" + c + "-" + k + "\"");
    }
    for (int k = 0; k < 8; k++) {
      mounts.add(
          "{\"destination\":\"/m"
              + k
              + "\",\"source\":\"/run/shared/"
              + k
              + "\",\"type_\":\"bind\",\"options\":[\"rbind\",\"rprivate\",\"ro\"]}");
    }
    for (int k = 0; k < 30; k++) {
      annotations.add("\"a" + k + "\":\"annotation " + k + "\"");
    }
    return "{\"Version\":\"1.1.0\",\"Root\":{\"Readonly\":true},\"Process\":{\"User\":{\"UID\":1000},\"Args\":[\"/bin/app\",\"--serve\",\""
        + c
        + "\"],\"Env\":["
        + String.join(",", env)
        + "]},\"Mounts\":["
        + String.join(",", mounts)
        + "],\"Annotations\":{"
        + String.join(",", annotations)
        + "}}";
  }

  private static String storages(int c) {
    return "[{\"mount_point\":\"/run/"
        + c
        + "/rootfs\",\"driver\":\"overlayfs\"},{\"mount_point\":\"/run/"
        + c
        + "/tmp\",\"driver\":\"ephemeral\"}]";
  }

  /** The request that {@link #guest} allows by its last container. */
  static String request() {
    int c = CONTAINERS - 1;
    return "{\"OCI\":" + oci(c) + ",\"storages\":" + storages(c) + "}";
  }
}
