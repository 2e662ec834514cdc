// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.guest.pod.Pod;
import org.junit.jupiter.api.Test;

class BundleConfigTest {
  private static final String POD =
      """
      {"version":1,"namespace":"n","name":"p","hostname":"h","volumes":[],"initContainers":[],
       "containers":[{"name":"c","image":"sha256:IMAGE","args":["/a","b"],"env":["A=1"],
        "cwd":"/w","uid":5,"gid":6,"groups":[7],"readOnlyRootfs":true,
        "capabilities":["CAP_CHOWN"],"noNewPrivileges":true,"mounts":[],
        "resources":RESOURCES,"secrets":[],"ports":[]}]}
      """
          .replace("IMAGE", "0a".repeat(32));

  @Test
  void processIsAsThePodSays() {
    Json.Obj process = config("null", "null").object("process");
    assertThat(process.write())
        .isEqualTo(
            "{\"terminal\":false,\"user\":{\"uid\":5,\"gid\":6,\"additionalGids\":[7]},"
                + "\"args\":[\"/a\",\"b\"],\"env\":[\"A=1\",\"S=x\"],\"cwd\":\"/w\","
                + "\"capabilities\":{\"bounding\":[\"CAP_CHOWN\"],\"effective\":[\"CAP_CHOWN\"],"
                + "\"permitted\":[\"CAP_CHOWN\"]},\"noNewPrivileges\":true}");
  }

  @Test
  void processesMountsAndCgroupsAreItsOwnAndNetworkAndHostNameThePods() {
    assertThat(config("null", "null").object("linux").require("namespaces").write())
        .isEqualTo("[{\"type\":\"pid\"},{\"type\":\"mount\"},{\"type\":\"cgroup\"}]");
  }

  @Test
  void limitsBecomeCgroupLimits() {
    Json.Obj linux = config("250", "1048576").object("linux");
    assertThat(linux.string("cgroupsPath")).isEqualTo("/pod/c");
    assertThat(linux.require("resources").write())
        .isEqualTo(
            "{\"devices\":[{\"allow\":false,\"access\":\"rwm\"}],\"memory\":{\"limit\":1048576},"
                + "\"cpu\":{\"quota\":25000,\"period\":100000}}");
  }

  @Test
  void theSmallestShareIsWhatTheKernelTakes() {
    assertThat(config("1", "null").object("linux").require("resources").write())
        .contains("\"quota\":1000,");
  }

  @Test
  void withoutLimitsThereAreNone() {
    assertThat(config("null", "null").object("linux").require("resources").write())
        .isEqualTo("{\"devices\":[{\"allow\":false,\"access\":\"rwm\"}]}");
  }

  @Test
  void rootAndBindMountsKeepWhatMayBeWritten() {
    Json.Obj config = config("null", "null");
    assertThat(config.require("root").write())
        .isEqualTo("{\"path\":\"/rootfs\",\"readonly\":true}");
    List<Json> mounts = config.array("mounts");
    assertThat(mounts.get(mounts.size() - 2).write())
        .isEqualTo(
            "{\"destination\":\"/rw\",\"type\":\"bind\",\"source\":\"/one\","
                + "\"options\":[\"rbind\",\"rprivate\",\"rw\"]}");
    assertThat(mounts.getLast().write()).contains("\"ro\"");
  }

  private static Json.Obj config(String cpu, String memory) {
    String resources = "{\"cpuMillis\":" + cpu + ",\"memoryBytes\":" + memory + "}";
    byte[] json = POD.replace("RESOURCES", resources).getBytes(StandardCharsets.UTF_8);
    Pod pod = Pod.parse(Json.parse(json).asObject("pod"));
    BundleConfig config = new BundleConfig(pod.containers().getFirst());
    config.bind(Path.of("/one"), "/rw", false);
    config.bind(Path.of("/two"), "/ro", true);
    return config.build(Path.of("/rootfs"), List.of("A=1", "S=x"), "/pod/c").asObject("config");
  }
}
