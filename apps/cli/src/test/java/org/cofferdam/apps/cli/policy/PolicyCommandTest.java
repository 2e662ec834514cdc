// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cofferdam.apps.cli.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Conversion for Kata and the policy commands, as a user calls them. */
class PolicyCommandTest {
  private static final String POD =
      """
      # keep me
      apiVersion: v1
      kind: Secret
      metadata: {name: db}
      stringData: {password: hunter2}
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        name: web
      spec:
        containers:
          - name: web   # the only one
            image: registry.example/web:1
            env:
              - {name: PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}
      """;

  @TempDir private Path folder;
  private Path manifest = Path.of("pod.yaml");
  private Path out = Path.of("out");
  private final StringWriter printed = new StringWriter();

  @BeforeEach
  void files() throws Exception {
    manifest = Files.writeString(folder.resolve("pod.yaml"), POD);
    out = folder.resolve("out");
    Files.writeString(
        folder.resolve("images.json"),
        "{\"images\":{\"registry.example/web:1\":{\"entrypoint\":[\"/web\"],\"cmd\":null,\"env\":[],"
            + "\"workingDir\":\"/\",\"user\":null,\"volumes\":[],\"passwd\":[],\"group\":[],"
            + "\"digest\":\"sha256:"
            + "ab".repeat(32)
            + "\"}}}");
  }

  private int run(String... args) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(printed, true));
    commandLine.setErr(new PrintWriter(printed, true));
    return commandLine.execute(args);
  }

  private int convert(String... more) {
    String[] args =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(
                    "convert",
                    "--pattern",
                    "pod",
                    manifest.toString(),
                    "-o",
                    out.toString(),
                    "--images",
                    folder.resolve("images.json").toString()),
                java.util.Arrays.stream(more))
            .toArray(String[]::new);
    return run(args);
  }

  @Test
  void convertAndUndo() throws Exception {
    assertThat(convert()).as(printed.toString()).isZero();
    String converted = Files.readString(out.resolve("manifests/pod.yaml"));
    assertThat(converted)
        .contains("# keep me", "# the only one", "kata-qemu-snp", "@sha256:abab", "sealed.")
        .doesNotContain("hunter2");
    assertThat(Files.readString(out.resolve("default-web/policy.rego"))).doesNotContain("hunter2");
    assertThat(Files.readString(out.resolve("undo.json"))).doesNotContain("hunter2");
    assertThat(run("undo", out.toString())).as(printed.toString()).isZero();
    assertThat(Files.readString(out.resolve("manifests/pod.yaml"))).isEqualTo(POD);
    assertThat(out.resolve("default-web/policy.rego")).doesNotExist();
  }

  @Test
  void undoRefusesAManifestThatHasChanged() throws Exception {
    assertThat(convert()).isZero();
    Files.writeString(manifest, POD + "# later\n");
    assertThat(run("undo", out.toString())).isEqualTo(3);
    assertThat(out.resolve("default-web/policy.rego")).exists();
  }

  @Test
  void aComposeFileBecomesAPod() throws Exception {
    manifest =
        Files.writeString(
            folder.resolve("compose.yaml"),
            "services:\n  web:\n    image: registry.example/web:1\n    environment: {LEVEL: info}\n");
    assertThat(convert()).as(printed.toString()).isZero();
    assertThat(Files.readString(out.resolve("default-web/pod.yaml")))
        .contains("kata-qemu-snp", "cc_init_data", "@sha256:abab", "LEVEL");
    assertThat(run("policy", "extract", out.resolve("default-web/pod.yaml").toString())).isZero();
    assertThat(printed.toString()).contains("package agent_policy");
  }

  @Test
  void aMissingSecretWritesNothing() throws Exception {
    Files.writeString(manifest, POD.substring(POD.indexOf("---")));
    assertThat(convert()).isEqualTo(1);
    assertThat(printed.toString()).contains("pod.reference-missing");
    assertThat(out.resolve("default-web")).doesNotExist();
  }

  @Test
  void moreDelegatedThanAllowedWritesNothing() {
    assertThat(convert("--max-delegated", "3")).isEqualTo(1);
    assertThat(printed.toString()).contains("pod.delegated");
    assertThat(out.resolve("manifests")).doesNotExist();
  }

  @Test
  void decisionsReasonsAndMatrix() throws Exception {
    assertThat(convert()).isZero();
    Path requests =
        Files.writeString(
            folder.resolve("requests.json"),
            "[{\"kind\":\"CreateSandboxRequest\",\"request\":{\"sandbox_pidns\":false}},"
                + "{\"kind\":\"ExecProcessRequest\",\"request\":{\"container_id\":\"x\"}}]");
    String policy = out.resolve("manifests/pod.yaml").toString();
    assertThat(run("policy", "decide", "--policy", policy, "--requests", requests.toString()))
        .isZero();
    assertThat(printed.toString())
        .contains("allowed  CreateSandboxRequest", "refused  ExecProcessRequest");
    assertThat(run("policy", "why", "--policy", policy, requests.toString())).isEqualTo(1);
    assertThat(run("policy", "matrix", "--policy", policy)).isZero();
    assertThat(printed.toString()).contains("8 open");
    assertThat(run("policy", "explain", "--policy", policy)).isZero();
    assertThat(printed.toString()).contains("The policy itself cannot be replaced.");
    assertThat(run("policy", "diff", policy, policy)).isZero();
    assertThat(run("policy", "extract", policy)).isZero();
    assertThat(printed.toString()).contains("package agent_policy");
    assertThat(run("policy", "coverage", manifest.toString())).isZero();
  }
}
