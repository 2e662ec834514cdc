// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.patterns.pod.policy.JsonPatch;

/** All that a hostile control plane can try on one pod, each by real requests to its agent. */
final class HostileHost {
  private static final String OTHER_IMAGE =
      "registry.example/evil@sha256:0000000000000000000000000000000000000000000000000000000000000001";

  private final HonestHost honest;
  private final List<Json> start;
  private final Json.Obj main;
  private final List<Json> beforeMain;
  private final List<Power> powers = new ArrayList<>();

  HostileHost(Json.Obj facts) {
    this.honest = new HonestHost(facts, 0);
    this.start = List.copyOf(honest.start());
    this.main = honest.containers().getLast();
    this.beforeMain = List.copyOf(beforeMain());
    commands();
    creation();
    storage();
    files();
    sandbox();
    powers.addAll(MachinePowers.all(start));
    powers.addAll(ElsewherePowers.all());
  }

  List<Power> powers() {
    return powers;
  }

  private void running(String id, String what, Json... attack) {
    powers.add(new Power(id, what, start, List.of(attack), null));
  }

  private void add(String id, String what, List<Json> before, Json... attack) {
    powers.add(new Power(id, what, before, List.of(attack), null));
  }

  /** All that comes before the last container, and then that container changed. */
  private void changed(String id, String what, String path, Json value) {
    changed(id, what, edit(honest.creation(main, 0), "add", path, value));
  }

  private void changed(String id, String what, Json body) {
    add(id, what, beforeMain, HonestHost.request("CreateContainerRequest", body));
  }

  private List<Json> beforeMain() {
    List<Json> before = new ArrayList<>();
    for (Json request : start) {
      Json.Obj one = request.asObject("request");
      if (one.string("kind").equals("CreateContainerRequest")
          && one.object("request").string("container_id").equals(honest.id(main, 0))) {
        break;
      }
      before.add(request);
    }
    return before;
  }

  static Json edit(Json body, String op, String path, Json value) {
    Json.Obj operation = Json.object().put("op", op).put("path", path).put("value", value).build();
    return JsonPatch.apply(body, Json.array(List.of(operation)));
  }

  private void commands() {
    Json shell = Json.strings(List.of("/bin/sh", "-c", "cat /proc/1/environ"));
    running(
        "exec",
        "Run a command in a container.",
        HonestHost.request("ExecProcessRequest", honest.exec(main, shell)));
    running(
        "exec-terminal",
        "Run a shell on a terminal.",
        HonestHost.request(
            "ExecProcessRequest",
            edit(
                honest.exec(main, Json.strings(List.of("sh"))),
                "add",
                "/process/Terminal",
                Json.of(true))));
    for (Json.Obj container : honest.containers()) {
      if (!container.array("exec").isEmpty()) {
        Json probe = container.array("exec").getFirst();
        running(
            "exec-probe-env",
            "Run a probe's command with a library of its own choice (LD_PRELOAD).",
            HonestHost.request(
                "ExecProcessRequest",
                edit(
                    honest.exec(container, probe),
                    "add",
                    "/process/Env/-",
                    Json.of("LD_PRELOAD=/tmp/x.so"))));
        running(
            "exec-probe-root",
            "Run a probe's command as another user.",
            HonestHost.request(
                "ExecProcessRequest",
                edit(honest.exec(container, probe), "add", "/process/User/UID", Json.of(4711))));
        break;
      }
    }
    Json.Obj named =
        Json.object()
            .put("container_id", honest.id(main, 0))
            .put("exec_id", honest.id(main, 0))
            .build();
    running(
        "attach",
        "Write to a container's standard input.",
        HonestHost.request(
            "WriteStreamRequest", edit(named, "add", "/data", Json.array(List.of()))));
    running(
        "output",
        "Read what a container prints.",
        HonestHost.request("ReadStreamRequest", edit(named, "add", "/len", Json.of(4096))));
    running(
        "diagnostics",
        "Read a container's termination message.",
        HonestHost.request(
            "GetDiagnosticDataRequest", edit(named, "add", "/log_type", Json.of("termination"))));
    running(
        "update-container",
        "Change a running container's limits.",
        HonestHost.request(
            "UpdateContainerRequest", edit(named, "add", "/resources", Json.object().build())));
    running(
        "pause-container",
        "Freeze a container.",
        HonestHost.request("PauseContainerRequest", named));
  }

  private void creation() {
    Json.Obj body = honest.creation(main, 0);
    Json image =
        edit(body, "add", "/OCI/Annotations/io.kubernetes.cri.image-name", Json.of(OTHER_IMAGE));
    boolean pulls =
        !body.array("storages").isEmpty()
            && body.array("storages")
                .getFirst()
                .asObject("s")
                .string("driver")
                .equals("image_guest_pull");
    if (pulls) {
      changed(
          "image",
          "Have the guest pull another image.",
          "/storages/0/source",
          Json.of(OTHER_IMAGE));
      changed(
          "image-and-annotation",
          "Have the guest pull another image, and say so everywhere.",
          edit(image, "add", "/storages/0/source", Json.of(OTHER_IMAGE)));
      changed(
          "image-tag",
          "Have the guest pull the same name by a tag.",
          "/storages/0/source",
          Json.of(tagged()));
      changed(
          "image-none",
          "Start a container without its image.",
          edit(body, "remove", "/storages/0", Json.Null.NULL));
      changed(
          "image-twice",
          "Have two images pulled over each other.",
          "/storages/-",
          body.array("storages").getFirst());
      changed(
          "image-elsewhere",
          "Have the image pulled to another place.",
          "/storages/0/mount_point",
          Json.of("/run/kata-containers/x/rootfs"));
    }
    changed("image-annotation", "Name another image in the annotations.", image);
    changed(
        "args", "Start another program.", "/OCI/Process/Args", Json.strings(List.of("/bin/sh")));
    changed("args-added", "Add an argument.", "/OCI/Process/Args/-", Json.of("--insecure"));
    changed(
        "env-added",
        "Add a variable (LD_PRELOAD).",
        "/OCI/Process/Env/-",
        Json.of("LD_PRELOAD=/tmp/x.so"));
    changed(
        "env-changed",
        "Change a variable of the pod.",
        "/OCI/Process/Env/0",
        Json.of(first("env_names") + "=/tmp:/bin"));
    changed("env-omitted", "Leave the environment out.", "/OCI/Process/Env", Json.array(List.of()));
    changed("cwd", "Start in another folder.", "/OCI/Process/Cwd", Json.of("/tmp"));
    changed("user", "Start as another user.", "/OCI/Process/User/UID", Json.of(4711));
    changed("group", "Add a group.", "/OCI/Process/User/AdditionalGids/-", Json.of(4711));
    if (!main.require("capabilities").write().contains("CAP_SYS_PTRACE")) {
      changed(
          "capability",
          "Add a capability.",
          "/OCI/Process/Capabilities/Effective/-",
          Json.of("CAP_SYS_PTRACE"));
    }
    changed(
        "privileges",
        "Let the program gain privileges.",
        "/OCI/Process/NoNewPrivileges",
        Json.of(!main.require("no_new_privileges").asBoolean("x")));
    changed(
        "terminal",
        "Give the container a terminal.",
        "/OCI/Process/Terminal",
        Json.of(!main.require("terminal").asBoolean("x")));
    changed(
        "root-access",
        "Change whether the root file system is read-only.",
        "/OCI/Root/Readonly",
        Json.of(!main.require("readonly").asBoolean("x")));
    changed(
        "root-path",
        "Start on another root file system.",
        "/OCI/Root/Path",
        Json.of("/run/kata-containers/shared/containers/x/rootfs"));
    changed(
        "hooks",
        "Have the runtime run a hook.",
        "/OCI/Hooks",
        Json.object()
            .put("Prestart", Json.array(List.of(Json.object().put("Path", "/bin/sh").build())))
            .build());
    changed(
        "mount-added",
        "Mount a folder of the node over the program.",
        "/OCI/Mounts/-",
        mount(
            "/usr/lib",
            "/run/kata-containers/shared/containers/"
                + honest.id(main, 0)
                + "-ce23cfeb91e75aaa-lib",
            "rw"));
    changed(
        "mount-host-path", "Mount the node's root.", "/OCI/Mounts/-", mount("/host", "/", "rw"));
    changed(
        "mount-proc",
        "Mount another container's root.",
        "/OCI/Mounts/-",
        mount("/other", "/run/kata-containers/" + honest.sandboxId() + "/rootfs", "rw"));
    if (!main.array("masked_paths").isEmpty()) {
      changed(
          "mount-options",
          "Make a read-only kernel file system writable.",
          "/OCI/Mounts/4/options",
          Json.strings(List.of("nosuid", "noexec", "nodev", "rw")));
    }
    if (!main.array("masked_paths").isEmpty()) {
      changed(
          "masked-paths",
          "Uncover the kernel's files.",
          "/OCI/Linux/MaskedPaths",
          Json.array(List.of()));
    }
    changed(
        "device",
        "Give the container a device.",
        "/devices/-",
        Json.object()
            .put("id", "")
            .put("type_", "blk")
            .put("vm_path", "/dev/vda")
            .put("container_path", "/dev/vda")
            .put("options", Json.array(List.of()))
            .build());
    changed(
        "device-node",
        "Give the container a device node.",
        "/OCI/Linux/Devices/-",
        Json.object()
            .put("Path", "/dev/mem")
            .put("Type", "c")
            .put("Major", 1)
            .put("Minor", 1)
            .build());
    changed(
        "sysctl",
        "Set a kernel parameter.",
        "/OCI/Linux/Sysctl/kernel.core_pattern",
        Json.of("|/bin/sh"));
    changed(
        "seccomp",
        "Install a system call filter.",
        "/OCI/Linux/Seccomp",
        Json.object().put("DefaultAction", "SCMP_ACT_ERRNO").build());
    changed(
        "namespace-joined",
        "Join another namespace.",
        "/OCI/Linux/Namespaces/-",
        Json.object().put("Type", "pid").put("Path", "/proc/1/ns/pid").build());
    changed(
        "network-namespace",
        "Put the container into another network.",
        "/OCI/Linux/Namespaces/-",
        Json.object().put("Type", "network").put("Path", "/run/netns/other").build());
    changed(
        "annotation",
        "Reconfigure by an annotation.",
        "/OCI/Annotations/io.katacontainers.config.hypervisor.kernel_params",
        Json.of("agent.debug_console"));
    changed(
        "string-user",
        "Name the user by a text.",
        "/string_user",
        Json.object()
            .put("uid", "0")
            .put("gid", "0")
            .put("additional_gids", Json.array(List.of()))
            .build());
    changed(
        "shared-mounts",
        "Share a mount between containers.",
        "/shared_mounts",
        Json.array(
            List.of(
                Json.object()
                    .put("name", "x")
                    .put("src_ctr", "a")
                    .put("src_path", "/")
                    .put("dst_ctr", "b")
                    .put("dst_path", "/")
                    .build())));
    changed(
        "container-added",
        "Start a container that the pod does not have.",
        "/OCI/Annotations/io.kubernetes.cri.container-name",
        Json.of("intruder"));
    changed(
        "pod-renamed",
        "Start it for a pod of another name.",
        "/OCI/Annotations/io.kubernetes.cri.sandbox-name",
        Json.of("intruder"));
    changed(
        "other-namespace",
        "Start it in another namespace.",
        "/OCI/Annotations/io.kubernetes.cri.sandbox-namespace",
        Json.of("intruder"));
    Json again = honest.creation(main, 9);
    running(
        "container-twice",
        "Start a container twice at once.",
        HonestHost.request("CreateContainerRequest", again));
    List<Json> sandboxOnly = new ArrayList<>();
    for (Json request : start) {
      sandboxOnly.add(request);
      if (request.asObject("r").string("kind").equals("StartContainerRequest")) {
        break;
      }
    }
    if (!main.array("after").isEmpty()) {
      add(
          "init-left-out",
          "Leave the init containers out.",
          sandboxOnly,
          HonestHost.request("CreateContainerRequest", honest.creation(main, 0)));
    }
    add(
        "sandbox-left-out",
        "Start a container without its sandbox.",
        List.of(start.getFirst()),
        HonestHost.request("CreateContainerRequest", honest.creation(main, 0)));
  }

  private String tagged() {
    String pinned = main.array("images").getFirst().asString("image");
    int at = pinned.indexOf('@');
    return (at < 0
            ? pinned.substring(0, Math.max(pinned.lastIndexOf(':'), 0))
            : pinned.substring(0, at))
        + ":evil";
  }

  private String first(String fact) {
    return main.array(fact).isEmpty() ? "PATH" : main.array(fact).getFirst().asString(fact);
  }

  private static Json mount(String destination, String source, String access) {
    return Json.object()
        .put("destination", destination)
        .put("source", source)
        .put("type_", "bind")
        .put("options", Json.strings(List.of("rbind", "rprivate", access)))
        .build();
  }

  private void storage() {
    Json.Obj parked =
        Json.object()
            .put("driver", "blk")
            .put("driver_options", Json.array(List.of()))
            .put("source", "0a/0a")
            .put("fstype", "ext4")
            .put("options", Json.array(List.of()))
            .put("mount_point", "/run/kata-containers/" + honest.id(main, 0) + "/rootfs")
            .put("fs_group", Json.Null.NULL)
            .put("shared", false)
            .build();
    changed(
        "storage-over-root",
        "Mount a disk of the node where the root file system goes.",
        "/storages/-",
        parked);
    changed(
        "storage-shared",
        "Mount a file system of the node (virtio-fs).",
        "/storages/-",
        edit(
            edit(parked, "add", "/driver", Json.of("virtio-fs")),
            "add",
            "/mount_point",
            Json.of("/run/kata-containers/shared/containers")));
    int index = 0;
    Json.Obj body = honest.creation(main, 0);
    for (Json item : body.array("storages")) {
      if (item.asObject("s").string("driver").equals("blk")) {
        changed(
            "volume-plain",
            "Leave an emptyDir unencrypted.",
            "/storages/" + index + "/driver_options",
            Json.array(List.of()));
        break;
      }
      index++;
    }
    running(
        "ephemeral-mounts",
        "Mount something else into the running guest.",
        HonestHost.request(
            "UpdateEphemeralMountsRequest",
            Json.object().put("storages", Json.array(List.of(parked))).build()));
    running(
        "resize-volume",
        "Resize a volume.",
        HonestHost.request(
            "ResizeVolumeRequest",
            Json.object().put("volume_guest_path", "/").put("size", 1).build()));
    running(
        "swap",
        "Give the guest swap space that the node reads.",
        HonestHost.request(
            "AddSwapRequest",
            Json.object().put("PCIPath", Json.array(List.of(Json.of(2)))).build()));
  }

  private void files() {
    String prefix =
        "/run/kata-containers/shared/containers/" + honest.id(main, 0) + "-ce23cfeb91e75aaa-";
    Map<String, Json> copies = new java.util.LinkedHashMap<>();
    copies.put("copy-etc", HonestHost.copy("/etc/ssl/cert.pem", "Regular", ""));
    copies.put(
        "copy-root",
        HonestHost.copy(
            "/run/kata-containers/" + honest.id(main, 0) + "/rootfs/bin/sh", "Regular", ""));
    copies.put("copy-agent", HonestHost.copy("/usr/bin/kata-agent", "Regular", ""));
    copies.put("copy-up", HonestHost.copy(prefix + "hosts/../../../../etc/passwd", "Regular", ""));
    copies.put("copy-undeclared", HonestHost.copy(prefix + "intruder", "Regular", ""));
    copies.put("copy-link", HonestHost.copy(prefix + "hosts/x", "Symlink", "/etc/shadow"));
    copies.put(
        "copy-link-up", HonestHost.copy(prefix + "hosts/x", "Symlink", "../../../etc/shadow"));
    copies.put("copy-device", HonestHost.copy(prefix + "hosts", "Unknown", ""));
    copies.forEach(
        (id, copy) ->
            running(
                id,
                "Copy a file into the guest: " + copy.asObject("copy").string("path") + ".",
                HonestHost.request("CopyFileRequest", copy)));
    running(
        "volume-content",
        "Change what is in a ConfigMap, Secret or other file that the node writes.",
        HonestHost.request("CopyFileRequest", HonestHost.copy(prefix + "hosts", "Regular", "")));
  }

  private void sandbox() {
    Json.Obj body = start.getFirst().asObject("r").object("request");
    add(
        "guest-hook",
        "Have the agent run hooks from a folder.",
        List.of(),
        HonestHost.request(
            "CreateSandboxRequest",
            edit(
                body,
                "add",
                "/guest_hook_path",
                Json.of("/run/kata-containers/shared/containers"))));
    add(
        "kernel-module",
        "Load a kernel module.",
        List.of(),
        HonestHost.request(
            "CreateSandboxRequest",
            edit(
                body,
                "add",
                "/kernel_modules",
                Json.array(
                    List.of(
                        Json.object()
                            .put("name", "evil")
                            .put("parameters", Json.array(List.of()))
                            .build())))));
    add(
        "sandbox-pidns",
        "Let all containers see each other's processes.",
        List.of(),
        HonestHost.request(
            "CreateSandboxRequest", edit(body, "add", "/sandbox_pidns", Json.of(true))));
    add(
        "sandbox-storage",
        "Mount a disk of the node for the whole sandbox.",
        List.of(),
        HonestHost.request(
            "CreateSandboxRequest",
            edit(
                body,
                "add",
                "/storages/-",
                Json.object()
                    .put("driver", "blk")
                    .put("driver_options", Json.array(List.of()))
                    .put("source", "/dev/vdb")
                    .put("fstype", "ext4")
                    .put("options", Json.array(List.of()))
                    .put("mount_point", "/run/kata-containers/" + honest.id(main, 0) + "/rootfs")
                    .put("fs_group", Json.Null.NULL)
                    .put("shared", false)
                    .build())));
    Json.Obj pause = honest.containers().getFirst();
    running(
        "sandbox-replayed",
        "Start the sandbox a second time under another id.",
        HonestHost.request(
            "CreateContainerRequest", new HonestHost(honestFacts(), 7).creation(pause, 0)));
    running(
        "set-policy",
        "Replace the policy.",
        HonestHost.request(
            "SetPolicyRequest",
            Json.object()
                .put("policy", "package agent_policy\ndefault ExecProcessRequest := true")
                .build()));
  }

  private Json.Obj honestFacts() {
    return honest.facts();
  }
}
