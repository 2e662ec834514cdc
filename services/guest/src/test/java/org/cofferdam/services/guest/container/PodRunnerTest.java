// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.guest.Status;
import org.cofferdam.services.guest.pod.Blob;
import org.cofferdam.services.guest.pod.Image;
import org.cofferdam.services.guest.pod.Pod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Order, restarts and clearing away, with a runtime that does as the test says. */
class PodRunnerTest {
  @TempDir Path folder;

  @Test
  void initContainersRunOneAfterTheOtherUntilEachHasSucceeded() throws Exception {
    Script script = new Script("second-1", "exit 3", "main-3", "exec sleep 60");
    run(script, "first", "second");
    assertThat(script.runs()).containsExactly("first-0", "second-1", "second-2", "main-3");
    assertThat(script.status())
        .contains("\"detail\":\"second ended with 3\"}")
        .endsWith("{\"step\":\"ready\",\"millis\":0,\"done\":true}\n");
  }

  @Test
  void mainContainerIsStartedAgainFromItsImageAndOldOnesAreClearedAway() throws Exception {
    Script script = new Script("main-0", "exit 0", "main-1", "exec sleep 60");
    script.until = "main-1";
    run(script);
    assertThat(script.runs()).containsExactly("main-0", "main-1");
    assertThat(folder.resolve("containers")).isEmptyDirectory();
    assertThat(script.commands).contains("delete main-1").doesNotContain("delete main-0");
  }

  @Test
  void allThatWasMountedIsUnmounted() throws Exception {
    Script script = new Script("main-0", "exec sleep 60");
    run(script);
    List<String> mounts = script.commands.stream().filter(c -> c.startsWith("mount ")).toList();
    List<String> umounts = script.commands.stream().filter(c -> c.startsWith("umount ")).toList();
    assertThat(mounts).hasSize(2);
    assertThat(umounts)
        .containsExactly(
            umount(mounts.get(1)), // the container's root first, then what it stands on
            umount(mounts.get(0)));
  }

  private static String umount(String mount) {
    return "umount " + mount.substring(mount.lastIndexOf(' ') + 1);
  }

  private void run(Script script, String... init) throws Exception {
    Pod pod = pod(init);
    try (Secrets secrets = new Secrets();
        ContainerRuntime runtime = new ContainerRuntime(folder, "/c", pod, LogSink.NONE, script)) {
      byte[] layer = new byte[1024];
      Path file = Files.write(folder.resolve("layer"), layer);
      Blob blob = new Blob(file, Hex.encode(Digests.sha256(layer)));
      runtime.unpack(new Image("0a".repeat(32), blob, blob, List.of(blob), true));
      Thread runner =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      new PodRunner(runtime, secrets, new Status(script.status, () -> 0)).run(pod);
                    } catch (IOException e) {
                      throw new AssertionError(e);
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      while (!script.done()) {
        Thread.sleep(5);
      }
      runner.interrupt();
      runner.join();
    }
  }

  private static Pod pod(String... init) {
    List<Json> inits = new ArrayList<>();
    for (String name : init) {
      inits.add(container(name));
    }
    return Pod.parse(
        Json.object()
            .put("version", 1)
            .put("namespace", "n")
            .put("name", "p")
            .put("hostname", "h")
            .put("volumes", Json.array(List.of()))
            .put("initContainers", Json.array(inits))
            .put("containers", Json.array(List.of(container("main"))))
            .build());
  }

  private static Json container(String name) {
    String json =
        """
        {"name":"NAME","image":"sha256:IMAGE","args":["a"],"env":[],"cwd":"/","uid":0,"gid":0,
         "groups":[],"readOnlyRootfs":true,"capabilities":[],"noNewPrivileges":true,"mounts":[],
         "resources":{"cpuMillis":null,"memoryBytes":null},"secrets":[],"ports":[]}
        """;
    return Json.parse(
        json.replace("NAME", name)
            .replace("IMAGE", "0a".repeat(32))
            .getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Stands in for mount and runc; a container is a shell script by its id, else one that ends well.
   */
  private static final class Script implements Programs {
    private final Map<String, String> scripts;
    private final List<String> commands = new ArrayList<>();
    private final ByteArrayOutputStream status = new ByteArrayOutputStream();
    private String until = "";

    private Script(String... scripts) {
      this.scripts =
          scripts.length == 2
              ? Map.of(scripts[0], scripts[1])
              : Map.of(scripts[0], scripts[1], scripts[2], scripts[3]);
    }

    @Override
    public synchronized Process start(String... command) throws IOException {
      String id = command[command.length - 1];
      boolean runs = command[0].equals("runc") && command[3].equals("run");
      commands.add(command[0].equals("runc") ? command[3] + " " + id : String.join(" ", command));
      String script = runs ? scripts.getOrDefault(id, "exit 0") : "exit 0";
      return new ProcessBuilder("sh", "-c", script).start();
    }

    synchronized List<String> runs() {
      return commands.stream().filter(c -> c.startsWith("run ")).map(c -> c.substring(4)).toList();
    }

    String status() {
      return status.toString(StandardCharsets.UTF_8);
    }

    boolean done() {
      return status().contains("\"ready\"") && (until.isEmpty() || runs().contains(until));
    }
  }
}
