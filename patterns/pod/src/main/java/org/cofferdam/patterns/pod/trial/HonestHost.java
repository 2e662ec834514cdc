// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.trial;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.json.Json;

/**
 * What kubelet, containerd and Kata's shim send to the agent of one pod in its life. The facts of
 * the pod come from its policy; what nodes add by themselves (variables of Services, masked paths
 * of newer runtimes, annotations of containerd, resources, network) is added as nodes do.
 */
public final class HonestHost {
  private static final List<String> SERVICES =
      List.of(
          "KUBERNETES_SERVICE_HOST=10.96.0.1",
          "KUBERNETES_SERVICE_PORT=443",
          "KUBERNETES_SERVICE_PORT_HTTPS=443",
          "KUBERNETES_PORT=tcp://10.96.0.1:443",
          "KUBERNETES_PORT_443_TCP=tcp://10.96.0.1:443",
          "KUBERNETES_PORT_443_TCP_PROTO=tcp",
          "KUBERNETES_PORT_443_TCP_PORT=443",
          "KUBERNETES_PORT_443_TCP_ADDR=10.96.0.1");
  private static final String SHARED = "/run/kata-containers/shared/containers/";
  private static final Json NONE = Json.array(List.of());

  private final Json.Obj facts;
  private final String seed;
  private final String sandbox;
  private final Map<String, String> placeholders = new LinkedHashMap<>();
  private int device;

  /**
   * @param facts {@code policy_data} of the pod's policy
   * @param pod which of several pods of the workload this is
   */
  public HonestHost(Json.Obj facts, int pod) {
    this.facts = facts;
    this.seed = facts.string("workload") + "/" + pod;
    this.sandbox = id("sandbox", 0);
    placeholders.put("$(sandbox-id)", sandbox);
    placeholders.put(
        "$(sandbox-namespace)",
        facts.get("namespace").map(n -> n.asString("namespace")).orElse("default"));
    placeholders.put("$(sandbox-name)", Samples.of(facts.require("sandbox_name"), placeholders));
  }

  /** From nothing to a pod whose containers all run. */
  public List<Json> start() {
    List<Json> requests = new ArrayList<>();
    requests.add(
        request(
            "CreateSandboxRequest",
            Json.object()
                .put("hostname", Objects.requireNonNull(placeholders.get("$(sandbox-name)")))
                .put("dns", Json.strings(List.of("10.96.0.10")))
                .put("storages", facts.require("sandbox_storages"))
                .put("sandbox_pidns", false)
                .put("sandbox_id", sandbox)
                .put("guest_hook_path", "")
                .put("kernel_modules", NONE)
                .build()));
    requests.addAll(network());
    for (Json.Obj container : containers()) {
      requests.addAll(create(container, 0));
      if (container.string("kind").equals("init")) {
        requests.addAll(end(container, 0));
      }
    }
    requests.add(request("GetOOMEventRequest", Json.object().build()));
    return requests;
  }

  /** Probes and hooks that the manifest states, each once in its container. */
  public List<Json> probes() {
    List<Json> requests = new ArrayList<>();
    for (Json.Obj container : containers()) {
      if (container.string("kind").equals("init")) {
        continue;
      }
      for (Json command : container.array("exec")) {
        requests.add(request("ExecProcessRequest", exec(container, command)));
      }
      requests.add(
          request(
              "StatsContainerRequest",
              Json.object().put("container_id", id(container, 0)).build()));
    }
    return requests;
  }

  /** A main container ends and is started again, as the kubelet does after a crash. */
  public List<Json> restart() {
    List<Json> requests = new ArrayList<>();
    for (Json.Obj container : containers()) {
      if (container.string("kind").equals("main")) {
        requests.addAll(end(container, 0));
        requests.addAll(create(container, 1));
        break;
      }
    }
    return requests;
  }

  /** From a running pod to nothing. */
  public List<Json> stop() {
    List<Json> requests = new ArrayList<>();
    for (Json.Obj container : containers().reversed()) {
      if (!container.string("kind").equals("init")) {
        requests.addAll(end(container, 0));
      }
    }
    requests.add(request("DestroySandboxRequest", Json.object().build()));
    return requests;
  }

  Json.Obj facts() {
    return facts;
  }

  List<Json.Obj> containers() {
    return facts.array("containers").stream().map(c -> c.asObject("container")).toList();
  }

  String sandboxId() {
    return sandbox;
  }

  String id(Json.Obj container, int run) {
    return container.string("kind").equals("sandbox") ? sandbox : id(container.string("name"), run);
  }

  private String id(String name, int run) {
    return Hex.encode(Digests.sha256((seed + name + run).getBytes(StandardCharsets.UTF_8)));
  }

  static Json.Obj request(String kind, Json body) {
    return Json.object().put("kind", kind).put("request", body).build();
  }

  private List<Json> create(Json.Obj container, int run) {
    List<Json> requests = new ArrayList<>();
    Json.Obj body = creation(container, run);
    for (Json item : body.object("OCI").array("Mounts")) {
      String source = item.asObject("Mounts").string("source");
      if (source.startsWith(SHARED)) {
        requests.add(request("CopyFileRequest", copy(source, "Regular", "")));
      }
    }
    requests.add(request("CreateContainerRequest", body));
    Json.Obj named = Json.object().put("container_id", id(container, run)).build();
    requests.add(request("StartContainerRequest", named));
    requests.add(
        request(
            "WaitProcessRequest",
            Json.object()
                .put("container_id", id(container, run))
                .put("exec_id", id(container, run))
                .build()));
    return requests;
  }

  private List<Json> end(Json.Obj container, int run) {
    return List.of(
        request(
            "SignalProcessRequest",
            Json.object()
                .put("container_id", id(container, run))
                .put("exec_id", id(container, run))
                .put("signal", 15)
                .build()),
        request(
            "RemoveContainerRequest",
            Json.object().put("container_id", id(container, run)).put("timeout", 0).build()));
  }

  static Json.Obj copy(String path, String type, String target) {
    return Json.object()
        .put("path", path)
        .put("file_type", type)
        .put("symlink_target", target)
        .put("file_size", 12)
        .put("file_mode", 420)
        .put("dir_mode", 493)
        .put("uid", 0)
        .put("gid", 0)
        .put("offset", 0)
        .build();
  }

  private static List<Json> network() {
    Json address =
        Json.object().put("family", 0).put("address", "10.244.0.7").put("mask", "24").build();
    return List.of(
        request(
            "UpdateInterfaceRequest",
            Json.object()
                .put(
                    "interface",
                    Json.object()
                        .put("device", "eth0")
                        .put("name", "eth0")
                        .put("IPAddresses", Json.array(List.of(address)))
                        .put("mtu", 1450)
                        .put("hwAddr", "66:74:9f:6a:96:01")
                        .put("raw_flags", 0)
                        .build())
                .build()),
        request(
            "UpdateRoutesRequest",
            Json.object()
                .put(
                    "routes",
                    Json.object()
                        .put(
                            "Routes",
                            Json.array(
                                List.of(
                                    Json.object()
                                        .put("dest", "")
                                        .put("gateway", "10.244.0.1")
                                        .put("device", "eth0")
                                        .put("source", "")
                                        .build())))
                        .build())
                .build()),
        request(
            "AddARPNeighborsRequest",
            Json.object()
                .put(
                    "neighbors",
                    Json.object()
                        .put(
                            "ARPNeighbors",
                            Json.array(
                                List.of(
                                    Json.object()
                                        .put(
                                            "toIPAddress",
                                            Json.object()
                                                .put("family", 0)
                                                .put("address", "10.244.0.1")
                                                .put("mask", "")
                                                .build())
                                        .put("device", "eth0")
                                        .put("lladdr", "00:00:5e:00:53:01")
                                        .put("state", 128)
                                        .put("flags", 0)
                                        .build())))
                        .build())
                .build()));
  }

  /** A request that creates this container; each run has another id. */
  Json.Obj creation(Json.Obj c, int run) {
    boolean pause = c.string("kind").equals("sandbox");
    String id = id(c, run);
    Map<String, String> here = new LinkedHashMap<>(placeholders);
    here.put("$(bundle-id)", id);
    Json annotations = annotations(c, pause, here);
    List<Json> storages = storages(c, here);
    List<String> points =
        storages.stream().map(s -> s.asObject("storage").string("mount_point")).toList();
    List<Json> mounts = mounts(c, here, storages, points);
    if (facts.require("guest_pull").asBoolean("guest_pull")) {
      storages.addFirst(pull(c, pause, annotations, id));
    }
    String root = facts.string("root_path").replace("$(bundle-id)", id);
    return Json.object()
        .put("container_id", id)
        .put("exec_id", id)
        .put("string_user", Json.Null.NULL)
        .put("devices", devices(c))
        .put("storages", Json.array(storages))
        .put("sandbox_pidns", c.require("pidns"))
        .put("shared_mounts", NONE)
        .put("stdin_port", 0)
        .put("stdout_port", 0)
        .put("stderr_port", 0)
        .put(
            "OCI",
            Json.object()
                .put("Version", facts.array("oci_versions").getFirst())
                .put("Process", process(c, pause, here))
                .put(
                    "Root",
                    Json.object().put("Path", root).put("Readonly", c.require("readonly")).build())
                .put("Hostname", pause ? here.getOrDefault("$(sandbox-name)", "") : "")
                .put("Mounts", Json.array(mounts))
                .put("Hooks", Json.Null.NULL)
                .put("Annotations", annotations)
                .put("Linux", linux(c))
                .put("Solaris", Json.Null.NULL)
                .put("Windows", Json.Null.NULL)
                .build())
        .build();
  }

  private Json process(Json.Obj c, boolean pause, Map<String, String> here) {
    List<String> env = new ArrayList<>();
    c.array("env").forEach(e -> env.add(Samples.of(e, here)));
    if (!pause) {
      env.add("HOSTNAME=" + here.get("$(sandbox-name)"));
      List<String> own = c.array("env_names").stream().map(n -> n.asString("env_names")).toList();
      SERVICES.stream()
          .filter(s -> !own.contains(s.substring(0, s.indexOf('='))))
          .forEach(env::add);
      if (c.require("terminal").asBoolean("terminal") && !own.contains("TERM")) {
        env.add("TERM=xterm");
      }
    }
    return Json.object()
        .put("Terminal", c.require("terminal"))
        .put("ConsoleSize", Json.Null.NULL)
        .put(
            "User",
            Json.object()
                .put("UID", c.require("uid"))
                .put("GID", c.require("gid"))
                .put("AdditionalGids", c.require("groups"))
                .put("Username", "")
                .build())
        .put("Args", Json.strings(c.array("args").stream().map(a -> Samples.of(a, here)).toList()))
        .put("Env", Json.strings(env))
        .put("Cwd", c.require("cwd"))
        .put("Capabilities", c.require("capabilities"))
        .put("Rlimits", NONE)
        .put("NoNewPrivileges", c.require("no_new_privileges"))
        .put("ApparmorProfile", pause ? "" : "cri-containerd.apparmor.d")
        .put("OOMScoreAdj", pause ? -998 : 994)
        .put("SelinuxLabel", "")
        .build();
  }

  private Json annotations(Json.Obj c, boolean pause, Map<String, String> here) {
    Json.Builder json =
        Json.object()
            .put(
                "io.katacontainers.pkg.oci.bundle_path",
                facts.string("bundle_path") + here.get("$(bundle-id)"))
            .put(
                "io.katacontainers.pkg.oci.container_type", pause ? "pod_sandbox" : "pod_container")
            .put("io.kubernetes.cri.container-type", pause ? "sandbox" : "container")
            .put("io.kubernetes.cri.sandbox-id", sandbox)
            .put("io.kubernetes.cri.sandbox-name", here.getOrDefault("$(sandbox-name)", ""))
            .put(
                "io.kubernetes.cri.sandbox-namespace",
                here.getOrDefault("$(sandbox-namespace)", ""))
            .put("io.kubernetes.cri.sandbox-uid", "31df313a-931f-4979-a405-cc3f3ccb6a56");
    if (pause) {
      json.put(
              "io.kubernetes.cri.sandbox-log-directory",
              "/var/log/pods/"
                  + here.get("$(sandbox-namespace)")
                  + "_"
                  + here.get("$(sandbox-name)")
                  + "_31df313a-931f-4979-a405-cc3f3ccb6a56")
          .put("io.kubernetes.cri.sandbox-memory", "0")
          .put(
              "nerdctl/network-namespace",
              "/var/run/netns/cni-22190131-6f68-2878-6d7b-418baf176cdf");
    } else {
      json.put("io.kubernetes.cri.container-name", c.require("name"))
          .put("io.kubernetes.cri.image-name", c.array("images").getLast());
    }
    for (int i = 0; i < c.integer("gpus"); i++) {
      json.put("cdi.k8s.io/vfio" + i, "nvidia.com/gpu=" + i);
    }
    return json.build();
  }

  private static Json pull(Json.Obj c, boolean pause, Json annotations, String id) {
    Json metadata = Json.object().put("metadata", annotations).build();
    return Json.object()
        .put("driver", "image_guest_pull")
        .put("driver_options", Json.strings(List.of("image_guest_pull=" + metadata.write())))
        .put("source", pause ? Json.of("pause") : c.array("images").getFirst())
        .put("fstype", "overlay")
        .put("options", NONE)
        .put("mount_point", "/run/kata-containers/" + id + "/rootfs")
        .put("fs_group", Json.Null.NULL)
        .put("shared", false)
        .build();
  }

  private List<Json> storages(Json.Obj c, Map<String, String> here) {
    List<Json> storages = new ArrayList<>();
    for (Json item : c.array("storages")) {
      Json.Obj s = item.asObject("storage");
      boolean block = s.string("driver").isEmpty();
      device++;
      String source =
          block
              ? "%02x/%02x".formatted(device, device)
              : Samples.ofPattern(path(s.string("source")), here);
      String point =
          block
              ? facts.string("storage_path")
                  + "/"
                  + Base64.getUrlEncoder().encodeToString(source.getBytes(StandardCharsets.UTF_8))
              : Samples.ofPattern(path(s.string("mount_point")), here);
      storages.add(
          Json.object()
              .put("driver", block ? "blk" : s.string("driver"))
              .put("driver_options", s.require("driver_options"))
              .put("source", source)
              .put("fstype", s.require("fstype"))
              .put("options", s.require("options"))
              .put("mount_point", point)
              .put("fs_group", Json.Null.NULL)
              .put("shared", s.require("shared"))
              .build());
    }
    return storages;
  }

  private List<Json> mounts(
      Json.Obj c, Map<String, String> here, List<Json> storages, List<String> points) {
    List<Json> mounts = new ArrayList<>();
    int block = 0;
    for (Json item : c.array("mounts")) {
      Json.Obj m = item.asObject("mount");
      String source;
      if (m.get("device").isPresent()) {
        while (!storages.get(block).asObject("storage").string("driver").equals("blk")) {
          block++;
        }
        source = points.get(block++);
      } else {
        String expected = path(m.string("source"));
        source = expected.startsWith("^") ? Samples.ofPattern(expected, here) : expected;
      }
      mounts.add(
          Json.object()
              .put("destination", m.require("destination"))
              .put("source", source)
              .put("type_", m.require("type"))
              .put("options", m.require("options"))
              .build());
    }
    return mounts;
  }

  /** A place in the folder that is shared with the node has 16 digits of its own. */
  private String path(String source) {
    if (!source.startsWith("$(sfprefix)")) {
      return source.replace("[a-z0-9]{16}", "ce23cfeb91e75aaa");
    }
    return "^"
        + SHARED
        + "$(bundle-id)-ce23cfeb91e75aaa-"
        + source.substring("$(sfprefix)".length());
  }

  private Json devices(Json.Obj c) {
    List<Json> devices = new ArrayList<>();
    for (Json path : c.array("devices")) {
      devices.add(
          Json.object()
              .put("id", "")
              .put("type_", "blk")
              .put("vm_path", "")
              .put("container_path", path)
              .put("options", NONE)
              .build());
    }
    for (int i = 0; i < c.integer("gpus"); i++) {
      devices.add(
          Json.object()
              .put("id", "vfio" + i)
              .put("type_", facts.object("vfio").require("type"))
              .put("vm_path", "")
              .put("container_path", facts.object("vfio").string("path") + i)
              .put("options", Json.strings(List.of("0000:65:00.0=06/00")))
              .build());
    }
    return Json.array(devices);
  }

  private static Json linux(Json.Obj c) {
    List<Json> masked = new ArrayList<>(c.array("masked_paths"));
    if (!masked.isEmpty()) {
      masked.add(Json.of("/sys/devices/virtual/powercap"));
    }
    List<Json> namespaces = new ArrayList<>();
    for (String type : List.of("ipc", "uts", "mount")) {
      namespaces.add(Json.object().put("Type", type).put("Path", "").build());
    }
    return Json.object()
        .put("UIDMappings", NONE)
        .put("GIDMappings", NONE)
        .put(
            "Sysctl",
            c.array("sysctls_stated").isEmpty() ? Json.object().build() : c.require("sysctls"))
        .put(
            "Resources",
            Json.object()
                .put("Devices", NONE)
                .put("Memory", Json.object().put("Limit", 67108864).build())
                .put("CPU", Json.object().put("Shares", 512).put("Quota", 50000).build())
                .put("Pids", Json.Null.NULL)
                .put("BlockIO", Json.Null.NULL)
                .put("Network", Json.Null.NULL)
                .build())
        .put("CgroupsPath", "kubepods-burstable.slice:cri-containerd:x")
        .put("Namespaces", Json.array(namespaces))
        .put("Devices", NONE)
        .put("Seccomp", Json.Null.NULL)
        .put("RootfsPropagation", "")
        .put("MaskedPaths", Json.array(masked))
        .put("ReadonlyPaths", c.require("readonly_paths"))
        .put("MountLabel", "")
        .put("IntelRdt", Json.Null.NULL)
        .build();
  }

  /** A process in a running container, as the kubelet's probes start it. */
  Json.Obj exec(Json.Obj c, Json args) {
    Map<String, String> here = new LinkedHashMap<>(placeholders);
    List<String> env = new ArrayList<>();
    c.array("env").forEach(e -> env.add(Samples.of(e, here)));
    return Json.object()
        .put("container_id", id(c, 0))
        .put("exec_id", "05e07bbb-d06c-402d-b9b7-e6386935b200")
        .put("string_user", Json.Null.NULL)
        .put(
            "process",
            Json.object()
                .put("Terminal", false)
                .put(
                    "User",
                    Json.object()
                        .put("UID", c.require("uid"))
                        .put("GID", c.require("gid"))
                        .put("AdditionalGids", c.require("groups"))
                        .put("Username", "")
                        .build())
                .put("Args", args)
                .put("Env", Json.strings(env))
                .put("Cwd", c.require("cwd"))
                .put("Capabilities", Json.Null.NULL)
                .put("NoNewPrivileges", c.require("no_new_privileges"))
                .put("ApparmorProfile", "")
                .put("SelinuxLabel", "")
                .build())
        .build();
  }
}
