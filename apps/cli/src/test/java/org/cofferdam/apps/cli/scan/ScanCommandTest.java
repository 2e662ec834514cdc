// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.Main;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.images.OciDigest;
import org.cofferdam.workload.model.Problem;
import org.cofferdam.workload.model.Source;
import org.cofferdam.workload.model.YamlReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ScanCommandTest {
  private static final String POD =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {hostNetwork: true, containers: [{name: c, image: '<i>'}]}\n";

  @TempDir Path folder;

  /** What a run printed and how it ended. */
  private record Run(int code, String out, String err) {}

  @Test
  void jsonAndYamlSayTheSame() throws IOException {
    write("a.yaml", POD);
    Json json = json("--output", "json", folder.toString());
    Run yaml = run("scan", "--output", "yaml", folder.toString());
    List<Problem> problems = new ArrayList<>();
    assertThat(YamlReader.read(new Source("y", yaml.out()), problems).getFirst().root().toJson())
        .isEqualTo(json);
    assertThat(problems).isEmpty();
  }

  @Test
  void sarifHasOneResultForEachFindingAndInput() throws IOException {
    write("a.yaml", POD);
    Json.Obj report = json("--output", "json", folder.toString());
    int findings = 0;
    for (Json workload : report.array("workloads")) {
      Json.Obj w = workload.asObject("w");
      findings += w.array("unmeasuredInputs").size();
      for (Json pattern : w.object("patterns").members().values()) {
        findings += pattern.asObject("p").array("findings").size();
      }
    }
    Json.Obj sarif = json("--output", "sarif", folder.toString());
    assertThat(sarif.string("version")).isEqualTo("2.1.0");
    Json.Obj run = sarif.array("runs").getFirst().asObject("run");
    assertThat(run.array("results")).hasSize(findings).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"html, &lt;i&gt;", "markdown, &lt;i>"})
  void whatAManifestSaysNeverBecomesMarkup(String format, String escaped) throws IOException {
    write("a.yaml", POD);
    Run run = run("scan", "--output", format, folder.toString());
    assertThat(run.out()).contains(escaped).doesNotContain("<i>");
  }

  @Test
  void thePageNeedsNothingBesideItself() throws IOException {
    write("a.yaml", POD);
    String page = run("scan", "--output", "html", folder.toString()).out();
    assertThat(page)
        .contains("<svg", "</html>")
        .doesNotContain("<script", "href=", "url(", "src=", "@import");
  }

  @Test
  void linesFitTheTerminal() throws IOException {
    write("a.yaml", POD);
    assertThat(run("scan", folder.resolve("a.yaml").toString()).out().lines())
        .filteredOn(l -> !l.contains(folder.toString()))
        .allSatisfy(l -> assertThat(l.length()).isLessThanOrEqualTo(110));
  }

  @Test
  void controlCharactersOfAManifestDoNotReachTheTerminal() throws IOException {
    write("a.yaml", POD.replace("name: p", "name: \"p\\e[31m\""));
    assertThat(run("scan", folder.toString()).out()).doesNotContain("\u001b");
  }

  @Test
  void theThresholdDecidesTheExitCode() throws IOException {
    write("a.yaml", POD);
    assertThat(run("scan", folder.toString()).code()).isEqualTo(ExitCode.OK);
    assertThat(run("scan", "--fail-on", "error", folder.toString()).code())
        .isEqualTo(ExitCode.REFUSED);
    assertThat(run("scan", "--fail-on", "loud", folder.toString()).code())
        .isEqualTo(ExitCode.USAGE);
    assertThat(run("scan").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void eachWorkloadGetsAdviceOfItsOwn() throws IOException {
    write(
        "a.yaml",
        POD.replace("<i>", "i")
            + "---\n"
            + POD.replace("hostNetwork: true, ", "")
                .replace("<i>", "j")
                .replace("name: p", "name: q"));
    write(
        "answers",
        "platform: self_on_cloud\nhw: [snp]\ninfra_trust: untrusted\ncp_operator: self\nvtpm_location: in_tee\nk8s_skill: could\n");
    Json.Obj report =
        json(
            "--output",
            "json",
            "--answers",
            folder.resolve("answers").toString(),
            folder.resolve("a.yaml").toString());
    assertThat(report.array("workloads"))
        .extracting(w -> w.asObject("w").string("recommended"))
        .containsExactly("cluster", "pod");
    assertThat(report.array("combinations").getFirst()).isEqualTo(Json.of("POD_ON_CLUSTER"));
  }

  @Test
  void oneBrokenInputDoesNotStopTheOthers() throws IOException {
    write("a.yaml", POD);
    write("b.yaml", "a: [\n---\n" + POD);
    write("c.yaml", "a: 1\na: 2\n");
    Files.write(folder.resolve("d.yaml"), new byte[] {(byte) 0xff, 'a'});
    Files.createSymbolicLink(folder.resolve("loop"), folder);
    Files.createSymbolicLink(folder.resolve("e.yaml"), folder.resolve("e.yaml"));
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }
    write("f.yaml", bomb.toString());
    write("g.yaml", POD.replace("name: c", "name: [c]"));
    Json.Obj report = json("--output", "json", folder.toString());
    assertThat(report.array("workloads")).hasSize(2);
    assertThat(report.array("problems"))
        .extracting(p -> Path.of(p.asObject("p").string("file")).getFileName().toString())
        .containsExactlyInAnyOrder("b.yaml", "c.yaml", "d.yaml", "e.yaml", "f.yaml", "g.yaml");
    assertThat(report.array("problems"))
        .allSatisfy(p -> assertThat(p.asObject("p").string("message")).isNotBlank());
  }

  @ParameterizedTest
  @CsvSource({
    "pod.host-network, node's network",
    "manifest.selector, labels",
    "input.host-path, node decides",
    "eol.occlum, end of life",
    "exec, run a command"
  })
  void everyKindOfIdIsExplained(String id, String words) {
    assertThat(Explanations.of(id).orElseThrow().message()).contains(words);
  }

  @Test
  void everyIdOfAScanIsExplained() throws IOException {
    write(
        "a.yaml",
        POD.replace(
                "hostNetwork: true",
                "hostPID: true, colour: red, volumes: [{name: v, hostPath: {path: /}}]")
            .replace(
                "name: c",
                "name: c, tty: 1, env: [{name: A, valueFrom: {fieldRef: {fieldPath: status.podIP}}}], volumeMounts: [{name: v, mountPath: /v, subPath: x}, {name: w, mountPath: /v}]"));
    for (Json workload : json("--output", "json", folder.toString()).array("workloads")) {
      for (Json pattern : workload.asObject("w").object("patterns").members().values()) {
        for (Json finding : pattern.asObject("p").array("findings")) {
          String id = finding.asObject("f").string("id");
          assertThat(Explanations.of(id)).as(id).isPresent();
        }
      }
    }
    assertThat(Explanations.of("no.such-finding")).isEmpty();
  }

  @Test
  void anImageLayoutIsAWorkload() throws IOException {
    String config =
        "{\"os\":\"linux\",\"architecture\":\"arm64\",\"config\":{\"Entrypoint\":[\"/app\"],\"Env\":[\"A=b\"],\"User\":\"1000\"},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}";
    Path layout = folder.resolve("shop");
    String manifest =
        "{\"schemaVersion\":2,\"config\":"
            + blob(layout, "application/vnd.oci.image.config.v1+json", config)
            + ",\"layers\":[]}";
    Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    Files.writeString(
        layout.resolve("index.json"),
        "{\"schemaVersion\":2,\"manifests\":["
            + blob(layout, "application/vnd.oci.image.manifest.v1+json", manifest)
            + "]}");
    Json.Obj report = json("--output", "json", layout.toString());
    assertThat(report.array("problems")).isEmpty();
    Json.Obj workload = report.array("workloads").getFirst().asObject("w");
    assertThat(workload.string("name")).isEqualTo("shop");
    assertThat(workload.object("patterns").object("pod").string("verdict"))
        .isEqualTo("does-not-fit");
    Files.writeString(layout.resolve("index.json"), "{");
    assertThat(json("--output", "json", layout.toString()).array("problems")).hasSize(1);
  }

  private static String blob(Path layout, String type, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    OciDigest digest = OciDigest.of(bytes);
    Path file = layout.resolve("blobs/sha256/" + digest.toString().substring("sha256:".length()));
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(type, digest, bytes.length);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }

  private Json.Obj json(String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of("scan"));
    all.addAll(List.of(args));
    return Json.parse(run(all.toArray(String[]::new)).out().getBytes(StandardCharsets.UTF_8))
        .asObject("report");
  }

  private static Run run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    int code = command.execute(args);
    return new Run(code, out.toString(), err.toString());
  }
}
