// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.model.ContainerSpec;
import org.cofferdam.workload.model.MountSpec;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.model.VolumeSpec;
import org.cofferdam.workload.pattern.convert.Scope;
import org.jspecify.annotations.Nullable;

/** What is mounted into a container, and the storages of the guest that this needs. */
final class AgentMounts {
  private static final Set<String> FILLED_BY_NODE =
      Set.of("configMap", "secret", "projected", "downwardAPI");
  private static final Set<String> COPIED =
      Set.of("persistentVolumeClaim", "azureFile", "ephemeral");

  /**
   * @param source a pattern where it begins with {@code ^} or {@code $(sfprefix)}
   * @param device mounted from a block device that a storage of the request names
   */
  record Mount(
      String destination,
      String type,
      String source,
      List<String> options,
      String volume,
      boolean device) {
    Json toJson() {
      Json.Builder json =
          Json.object()
              .put("destination", destination)
              .put("type", type)
              .put("source", source)
              .put("options", Json.strings(options));
      if (!volume.isEmpty()) {
        json.put("volume", volume);
      }
      return device ? json.put("device", true).build() : json.build();
    }
  }

  private final Scope scope;
  private final PolicySettings settings;
  private final Map<String, Mount> mounts = new LinkedHashMap<>();
  private final List<Json> storages = new ArrayList<>();
  private final Set<String> copied = new LinkedHashSet<>();
  private final Set<String> uncovered = new LinkedHashSet<>();

  private AgentMounts(Scope scope, PolicySettings settings) {
    this.scope = scope;
    this.settings = settings;
  }

  static AgentMounts ofSandbox(Scope scope, PolicySettings settings) {
    AgentMounts all = new AgentMounts(scope, settings);
    all.base("ro");
    all.settled("pause_container", null, "");
    return all;
  }

  static AgentMounts of(
      Scope scope, PolicySettings settings, ContainerSpec container, ImageFacts image) {
    AgentMounts all = new AgentMounts(scope, settings);
    Optional<Node.Mapping> security = container.node().mapping("securityContext");
    boolean privileged = AgentIdentity.flag(security, "privileged").orElse(false);
    boolean readOnly = AgentIdentity.flag(security, "readOnlyRootFilesystem").orElse(false);
    String access = privileged ? "rw" : "ro";
    all.base(access);
    all.add(
        new Mount(
            "/sys/fs/cgroup",
            "cgroup",
            "cgroup",
            List.of("nosuid", "noexec", "nodev", "relatime", access),
            "",
            false));
    all.settled("other_container", container, readOnly ? "ro" : "rw");
    image.volumes().forEach(all::imageVolume);
    container.mounts().forEach(all::volume);
    return all;
  }

  List<Json> mounts() {
    return mounts.values().stream().map(Mount::toJson).toList();
  }

  List<Json> storages() {
    return storages;
  }

  /** Names under which the node may copy files into the guest for this container. */
  Set<String> copied() {
    return copied;
  }

  /** Volumes whose content nothing measures. */
  Set<String> uncovered() {
    return uncovered;
  }

  private void add(Mount mount) {
    mounts.put(mount.destination(), mount);
  }

  /** What containerd mounts into every container. */
  private void base(String access) {
    add(kernel("/proc", "proc", "proc", "nosuid", "noexec", "nodev"));
    add(kernel("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k"));
    add(
        kernel(
            "/dev/pts",
            "devpts",
            "devpts",
            "nosuid",
            "noexec",
            "newinstance",
            "ptmxmode=0666",
            "mode=0620",
            "gid=5"));
    add(kernel("/dev/mqueue", "mqueue", "mqueue", "nosuid", "noexec", "nodev"));
    add(kernel("/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", access));
  }

  private static Mount kernel(String destination, String type, String source, String... options) {
    return new Mount(destination, type, source, List.of(options), "", false);
  }

  private void settled(String section, @Nullable ContainerSpec container, String access) {
    for (Json.Obj item : settings.objects(section, "Mounts")) {
      String stated = item.string("destination");
      boolean always = settings.texts("mount_destinations").contains(stated);
      boolean asked =
          container != null && container.mounts().stream().anyMatch(m -> m.path().equals(stated));
      if (!always && !asked) {
        continue;
      }
      String destination = stated;
      List<String> options =
          new ArrayList<>(item.array("options").stream().map(o -> o.asString("options")).toList());
      if (container != null
          && (destination.equals("/etc/hostname") || destination.equals("/etc/resolv.conf"))) {
        options.add(access);
      }
      if (container != null && destination.equals("/dev/termination-log")) {
        destination = container.node().text("terminationMessagePath").orElse(destination);
      }
      String source = item.get("source").map(s -> s.asString("source")).orElse("");
      if (source.isEmpty()) {
        source = shared(destination);
      }
      add(new Mount(destination, item.string("type_"), source, options, "", false));
    }
  }

  private String shared(String destination) {
    String base = lastName(destination);
    copied.add(base);
    return "$(sfprefix)" + AgentText.quote(base) + "$";
  }

  private static String lastName(String path) {
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }

  private void imageVolume(String path) {
    uncovered.add(path);
    bind("", path, settings.texts("volumes", "image_volume", "options"));
  }

  private void bind(String volume, String destination, List<String> options) {
    add(new Mount(destination, "bind", shared(destination), options, volume, false));
  }

  private void volume(MountSpec mount) {
    if (!mount.subPath().isEmpty()) {
      error(
          "sub-path",
          mount.node(),
          "A part of a volume (subPath) cannot be mounted in a Kata pod.",
          "Mount the whole volume, or give the part a volume of its own.");
      return;
    }
    Optional<VolumeSpec> volume = scope.workload().pod().volume(mount.volume());
    if (volume.isEmpty()) {
      if (claimed(mount.volume())) {
        copiedOnce(mount, "persistentVolumeClaim");
      } else {
        error(
            "volume-unknown",
            mount.node(),
            "The pod has no volume '" + mount.volume() + "'.",
            "Add the volume, or take the mount out.");
      }
      return;
    }
    String kind = volume.get().kind();
    if (kind.equals("emptyDir")) {
      emptyDir(mount, volume.get());
    } else if (FILLED_BY_NODE.contains(kind)) {
      filledByNode(mount, kind);
    } else if (COPIED.contains(kind)) {
      copiedOnce(mount, kind);
    } else if (kind.equals("hostPath")) {
      hostPath(mount, volume.get());
    } else {
      error(
          "volume-kind",
          mount.node(),
          "A volume of the kind " + kind + " does not reach the guest.",
          "Put fixed content into the image and scratch data into an emptyDir.");
    }
  }

  private boolean claimed(String name) {
    return scope
        .workload()
        .document()
        .root()
        .mapping("spec")
        .map(m -> m.items("volumeClaimTemplates"))
        .orElse(List.of())
        .stream()
        .anyMatch(
            n ->
                n instanceof Node.Mapping m
                    && m.at("metadata", "name")
                        .filter(v -> v instanceof Node.Scalar s && s.value().equals(name))
                        .isPresent());
  }

  private void filledByNode(MountSpec mount, String kind) {
    uncovered.add(mount.volume());
    List<String> options = settings.texts("volumes", "configMap", "options");
    boolean stored =
        settings.flag(false, "kata_config", "enable_configmap_secret_storages")
            && (kind.equals("configMap") || kind.equals("secret"));
    if (!stored) {
      bind(mount.volume(), mount.path(), options);
      return;
    }
    String base = AgentText.quote(lastName(mount.path())) + "$";
    String point = settings.text("", "volumes", "configMap", "mount_point") + base;
    copied.add(lastName(mount.path()));
    storages.add(
        storage(
            "configMap",
            settings.text("", "volumes", "configMap", "mount_source") + base,
            point,
            List.of()));
    add(new Mount(mount.path(), "bind", pattern(point), options, mount.volume(), false));
  }

  private void copiedOnce(MountSpec mount, String kind) {
    uncovered.add(mount.volume());
    scope
        .notes()
        .warning(
            "volume-copied",
            mount.node(),
            "The files of '"
                + mount.volume()
                + "' ("
                + kind
                + ") are copied into the guest once: nothing measures them, and what is written is lost.",
            "Keep data in an emptyDir, on a raw block volume that the program encrypts, or in a store.");
    bind(mount.volume(), mount.path(), access("rprivate", mount));
  }

  private static List<String> access(String propagation, MountSpec mount) {
    return List.of("rbind", propagation, mount.readOnly() ? "ro" : "rw");
  }

  private void hostPath(MountSpec mount, VolumeSpec volume) {
    String path = volume.source().text("path").orElse("");
    String propagation =
        mount.node().text("mountPropagation").orElse("").equals("Bidirectional")
            ? "rshared"
            : "rprivate";
    List<String> options = access(propagation, mount);
    boolean guests = path.startsWith("/dev/") || path.startsWith("/sys/");
    if (guests) {
      add(new Mount(mount.path(), "bind", path, options, mount.volume(), false));
    } else {
      uncovered.add(mount.volume());
      bind(mount.volume(), mount.path(), options);
    }
    scope
        .notes()
        .warning(
            "host-path",
            mount.node(),
            guests
                ? path + " is the guest's own, not the node's."
                : "Files of the node are copied into the guest once, and nothing measures them.",
            "Take the hostPath out.");
  }

  private void emptyDir(MountSpec mount, VolumeSpec volume) {
    List<String> options = access("rprivate", mount);
    String type = settings.text("block-encrypted", "cluster_config", "emptydir_type");
    boolean memory = volume.source().text("medium").orElse("").equals("Memory");
    if (memory || type.equals("shared-fs")) {
      String section = memory ? "emptyDir_memory" : "emptyDir";
      String name = AgentText.quote(volume.name()) + "$";
      Optional<Long> group =
          AgentIdentity.number(scope.workload().pod().spec().mapping("securityContext"), "fsGroup");
      storages.add(
          storage(
              section,
              settings.text("", "volumes", section, "source"),
              settings.text("", "volumes", section, "mount_point") + name,
              group.filter(g -> g != 0).map(g -> List.of("fsgid=" + g)).orElse(List.of())));
      add(
          new Mount(
              mount.path(),
              settings.text("", "volumes", section, "mount_type"),
              pattern(settings.text("", "volumes", section, "mount_source") + name),
              options,
              volume.name(),
              false));
      return;
    }
    String section = type.equals("block-plain") ? "emptyDir_plain" : "emptyDir_encrypted";
    if (type.equals("block-plain")) {
      uncovered.add(volume.name());
    }
    storages.add(storage(section, "", "", List.of()));
    add(
        new Mount(
            mount.path(),
            settings.text("bind", "volumes", section, "mount_type"),
            "",
            options,
            volume.name(),
            true));
  }

  private String pattern(String text) {
    return text.startsWith("$(sfprefix)") ? text : settings.filled(text);
  }

  private Json storage(String section, String source, String point, List<String> more) {
    List<String> options = new ArrayList<>(settings.texts("volumes", section, "options"));
    options.addAll(more);
    Json.Builder json =
        Json.object()
            .put("driver", settings.text("", "volumes", section, "driver"))
            .put(
                "driver_options",
                Json.strings(settings.texts("volumes", section, "driver_options")))
            .put("source", pattern(source))
            .put("fstype", settings.text("", "volumes", section, "fstype"))
            .put("options", Json.strings(options))
            .put("mount_point", pattern(point))
            .put("shared", settings.flag(false, "volumes", section, "shared"));
    AgentIdentity.number(scope.workload().pod().spec().mapping("securityContext"), "fsGroup")
        .ifPresent(g -> json.put("group", g));
    return json.build();
  }

  private void error(String id, Node at, String message, String fix) {
    scope.notes().error(id, at, message, fix);
  }
}
