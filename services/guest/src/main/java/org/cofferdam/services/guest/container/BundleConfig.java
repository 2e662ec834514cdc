// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.container;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.services.guest.pod.Container;

/**
 * Writes {@code config.json} of an OCI bundle (OCI runtime specification 1.0.2). Network, IPC and
 * host name are the guest's, which is the pod's; processes, mounts and the cgroup tree are each
 * container's own.
 */
final class BundleConfig {
  private static final long PERIOD_MICROS = 100_000;

  private final Container container;
  private final List<Json> mounts = new ArrayList<>();

  BundleConfig(Container container) {
    this.container = container;
    mount("/proc", "proc", "proc", "nosuid", "noexec", "nodev");
    mount("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k");
    mount(
        "/dev/pts",
        "devpts",
        "devpts",
        "nosuid",
        "noexec",
        "newinstance",
        "ptmxmode=0666",
        "mode=0620");
    mount("/dev/mqueue", "mqueue", "mqueue", "nosuid", "noexec", "nodev");
    mount("/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", "ro");
    mount("/sys/fs/cgroup", "cgroup", "cgroup", "nosuid", "noexec", "nodev", "ro");
  }

  /** A file or folder of the guest at a path in the container. */
  void bind(Path source, String destination, boolean readOnly) {
    mount(destination, "bind", source.toString(), "rbind", "rprivate", readOnly ? "ro" : "rw");
  }

  /**
   * @param env all of it, secrets too
   */
  Json build(Path root, List<String> env, String cgroup) {
    return Json.object()
        .put("ociVersion", "1.0.2")
        .put("process", process(env))
        .put(
            "root",
            Json.object()
                .put("path", root.toString())
                .put("readonly", container.readOnlyRoot())
                .build())
        .put("mounts", Json.array(mounts))
        .put("linux", linux(cgroup))
        .build();
  }

  private Json process(List<String> env) {
    Container.User user = container.user();
    Json capabilities = Json.strings(container.capabilities());
    return Json.object()
        .put("terminal", false)
        .put(
            "user",
            Json.object()
                .put("uid", user.uid())
                .put("gid", user.gid())
                .put("additionalGids", Json.array(user.groups().stream().map(Json::of).toList()))
                .build())
        .put("args", Json.strings(container.args()))
        .put("env", Json.strings(env))
        .put("cwd", container.cwd())
        .put(
            "capabilities",
            Json.object()
                .put("bounding", capabilities)
                .put("effective", capabilities)
                .put("permitted", capabilities)
                .build())
        .put("noNewPrivileges", container.noNewPrivileges())
        .build();
  }

  private Json linux(String cgroup) {
    return Json.object()
        .put(
            "namespaces",
            Json.array(List.of(namespace("pid"), namespace("mount"), namespace("cgroup"))))
        .put("cgroupsPath", cgroup)
        .put("resources", resources())
        .put(
            "maskedPaths",
            Json.strings(
                List.of(
                    "/proc/acpi",
                    "/proc/asound",
                    "/proc/kcore",
                    "/proc/keys",
                    "/proc/latency_stats",
                    "/proc/timer_list",
                    "/proc/timer_stats",
                    "/proc/sched_debug",
                    "/proc/scsi",
                    "/sys/firmware")))
        .put(
            "readonlyPaths",
            Json.strings(
                List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger")))
        .build();
  }

  private Json resources() {
    Json.Builder resources =
        Json.object()
            .put(
                "devices",
                Json.array(
                    List.of(Json.object().put("allow", false).put("access", "rwm").build())));
    Container.Resources limits = container.resources();
    if (limits.memoryBytes() > 0) {
      resources.put("memory", Json.object().put("limit", limits.memoryBytes()).build());
    }
    if (limits.cpuMillis() > 0) {
      // The kernel takes no quota below a millisecond.
      long quota = Math.max(1000, limits.cpuMillis() * PERIOD_MICROS / 1000);
      resources.put("cpu", Json.object().put("quota", quota).put("period", PERIOD_MICROS).build());
    }
    return resources.build();
  }

  private void mount(String destination, String type, String source, String... options) {
    mounts.add(
        Json.object()
            .put("destination", destination)
            .put("type", type)
            .put("source", source)
            .put("options", Json.strings(List.of(options)))
            .build());
  }

  private static Json namespace(String type) {
    return Json.object().put("type", type).build();
  }
}
