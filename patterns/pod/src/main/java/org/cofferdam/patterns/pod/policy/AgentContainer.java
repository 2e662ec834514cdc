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
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.images.ImageReference;
import org.cofferdam.workload.model.ContainerSpec;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.pattern.convert.Scope;

/** One container as its entry in a policy describes it. */
final class AgentContainer {
  /** The sandbox's name in a policy; no container can be called so. */
  static final String SANDBOX = "_sandbox";

  private static final List<String> MASKED =
      List.of(
          "/proc/acpi",
          "/proc/asound",
          "/proc/kcore",
          "/proc/keys",
          "/proc/latency_stats",
          "/proc/scsi",
          "/proc/sched_debug",
          "/proc/timer_list",
          "/proc/timer_stats",
          "/sys/firmware");
  private static final List<String> READ_ONLY =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");
  private static final List<String> PROBES =
      List.of("livenessProbe", "readinessProbe", "startupProbe");

  private final Scope scope;
  private final PolicySettings settings;
  private final Set<String> copied = new LinkedHashSet<>();
  private final Set<String> uncovered = new LinkedHashSet<>();
  private final List<String> chosenByNode = new ArrayList<>();
  private boolean unpinned;

  AgentContainer(Scope scope, PolicySettings settings) {
    this.scope = scope;
    this.settings = settings;
  }

  Set<String> copied() {
    return copied;
  }

  Set<String> uncovered() {
    return uncovered;
  }

  List<String> chosenByNode() {
    return chosenByNode;
  }

  /** An image is named by a tag alone, which can be moved. */
  boolean unpinned() {
    return unpinned;
  }

  Json.Obj sandbox(ImageFacts pause) {
    AgentIdentity identity = AgentIdentity.ofSandbox(scope, pause);
    AgentMounts mounts = AgentMounts.ofSandbox(scope, settings);
    copied.addAll(mounts.copied());
    Map<String, Json> annotations = annotations();
    annotations.put(
        "nerdctl/network-namespace",
        AgentText.like("/var/run/netns/cni\\-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").toJson());
    List<String> args = settings.texts("pause_container", "Process", "Args");
    List<String> masked = settings.texts("pause_container", "Linux", "MaskedPaths");
    List<String> readonly = settings.texts("pause_container", "Linux", "ReadonlyPaths");
    return Json.object()
        .put("name", SANDBOX)
        .put("kind", "sandbox")
        .put("images", Json.array(List.of()))
        .put("pulls", Json.strings(List.of("pause")))
        .put("pidns", false)
        .put("args", Json.strings(args.isEmpty() ? List.of("/pause") : args))
        .put("env", Json.strings(pause.env()))
        .put("env_names", Json.strings(pause.env().stream().map(e -> e.split("=", 2)[0]).toList()))
        .put("cwd", pause.workingDirectory())
        .put("uid", identity.uid())
        .put("gid", identity.gid())
        .put("groups", Json.array(identity.groups().stream().map(Json::of).toList()))
        .put("capabilities", AgentCapabilities.of(settings, Optional.empty()))
        .put(
            "no_new_privileges",
            settings.flag(true, "pause_container", "Process", "NoNewPrivileges"))
        .put("terminal", false)
        .put("readonly", settings.flag(true, "pause_container", "Root", "Readonly"))
        .put("mounts", Json.array(mounts.mounts()))
        .put("storages", Json.array(List.of()))
        .put("devices", Json.array(List.of()))
        .put("device_nodes", Json.array(List.of()))
        .put("gpus", 0)
        .put("masked_paths", Json.strings(masked.isEmpty() ? MASKED : masked))
        .put("readonly_paths", Json.strings(readonly.isEmpty() ? READ_ONLY : readonly))
        .put("sysctls", sysctls("pause_container"))
        .put("sysctls_stated", Json.strings(podSysctls().keySet()))
        .put("annotations", new Json.Obj(annotations))
        .put("annotation_patterns", Json.array(List.of()))
        .put("exec", Json.array(List.of()))
        .put("after", Json.array(List.of()))
        .build();
  }

  /**
   * @param after names of the containers that must have been started before
   */
  Json.Obj container(
      ContainerSpec spec, ImageFacts image, String kind, List<String> after, SealedSecrets sealed) {
    AgentEnv env = new AgentEnv(scope, spec, image, sealed);
    AgentIdentity identity = AgentIdentity.of(scope, spec, image, settings.guestPull());
    AgentMounts mounts = AgentMounts.of(scope, settings, spec, image);
    copied.addAll(mounts.copied());
    uncovered.addAll(mounts.uncovered());
    chosenByNode.addAll(env.chosenByNode());
    Optional<Node.Mapping> security = spec.node().mapping("securityContext");
    boolean privileged = AgentIdentity.flag(security, "privileged").orElse(false);
    boolean unmasked =
        privileged || security.flatMap(s -> s.text("procMount")).orElse("").equals("Unmasked");
    List<String> images = names(spec, image);
    List<String> devices = devices(spec);
    return Json.object()
        .put("name", spec.name())
        .put("kind", kind)
        .put("images", Json.strings(images))
        .put("pulls", Json.strings(images))
        .put(
            "pidns",
            AgentIdentity.flag(Optional.of(scope.workload().pod().spec()), "shareProcessNamespace")
                .orElse(false))
        .put("args", Json.array(args(spec, image, env).stream().map(AgentText::toJson).toList()))
        .put("env", Json.array(env.variables().stream().map(AgentText::toJson).toList()))
        .put("env_names", Json.strings(env.names()))
        .put("cwd", spec.node().text("workingDir").orElse(image.workingDirectory()))
        .put("uid", identity.uid())
        .put("gid", identity.gid())
        .put("groups", Json.array(identity.groups().stream().map(Json::of).toList()))
        .put("capabilities", AgentCapabilities.of(settings, security))
        .put(
            "no_new_privileges",
            !AgentIdentity.flag(security, "allowPrivilegeEscalation").orElse(true))
        .put("terminal", AgentIdentity.flag(Optional.of(spec.node()), "tty").orElse(false))
        .put("readonly", AgentIdentity.flag(security, "readOnlyRootFilesystem").orElse(false))
        .put("mounts", Json.array(mounts.mounts()))
        .put("storages", Json.array(mounts.storages()))
        .put("devices", Json.strings(devices))
        .put("device_nodes", Json.strings(devices))
        .put("gpus", gpus(spec))
        .put("masked_paths", Json.strings(unmasked ? List.of() : MASKED))
        .put("readonly_paths", Json.strings(unmasked ? List.of() : READ_ONLY))
        .put("sysctls", sysctls("other_container"))
        .put("sysctls_stated", Json.array(List.of()))
        .put("annotations", new Json.Obj(annotations()))
        .put("annotation_patterns", Json.array(patterns(spec)))
        .put("exec", Json.array(exec(spec)))
        .put("after", Json.strings(after))
        .build();
  }

  private List<AgentText> args(ContainerSpec spec, ImageFacts image, AgentEnv env) {
    List<AgentText> args = new ArrayList<>();
    if (spec.command().isEmpty()) {
      image.entrypoint().forEach(a -> args.add(AgentText.exact(a)));
    }
    spec.command().forEach(a -> args.add(env.expand(a)));
    if (spec.command().isEmpty() && spec.args().isEmpty()) {
      image.command().forEach(a -> args.add(AgentText.exact(a)));
    }
    spec.args().forEach(a -> args.add(env.expand(a)));
    if (args.isEmpty()) {
      scope
          .notes()
          .error(
              "no-command",
              spec.node(),
              "Neither the container nor its image says what to run.",
              "Set 'command'.");
    }
    return args;
  }

  /** By every name that a runtime may use for the image. */
  private List<String> names(ContainerSpec spec, ImageFacts image) {
    Set<String> names = new LinkedHashSet<>();
    try {
      ImageReference written = ImageReference.parse(spec.image());
      ImageReference reference =
          written.digest().isPresent()
              ? written
              : image.digest().map(written::pinned).orElse(written);
      names.add(reference.toString());
      if (reference.digest().isPresent()) {
        names.add(reference.pinned(reference.digest().get()).toString());
        if (written.digest().isPresent()) {
          names.add(spec.image());
        }
      } else {
        unpinned = true;
        names.add(spec.image());
      }
    } catch (MalformedEvidenceException e) {
      scope
          .notes()
          .error(
              "image",
              spec.node(),
              "'" + spec.image() + "' is no image reference.",
              "Name an image.");
    }
    return List.copyOf(names);
  }

  private static List<String> devices(ContainerSpec spec) {
    List<String> paths = new ArrayList<>();
    for (Node item : spec.node().items("volumeDevices")) {
      if (item instanceof Node.Mapping m) {
        m.text("devicePath").ifPresent(paths::add);
      }
    }
    return paths;
  }

  private long gpus(ContainerSpec spec) {
    long count = 0;
    for (String key : settings.texts("devices", "vfio", "nvidia", "pgpu_resource_keys")) {
      count +=
          spec.node()
              .at("resources", "limits", key)
              .filter(n -> n instanceof Node.Scalar s && s.value().matches("[0-9]{1,3}"))
              .map(n -> Long.parseLong(((Node.Scalar) n).value()))
              .orElse(0L);
    }
    return count;
  }

  private Map<String, String> podSysctls() {
    Map<String, String> values = new LinkedHashMap<>();
    for (Node item :
        scope
            .workload()
            .pod()
            .spec()
            .mapping("securityContext")
            .map(m -> m.items("sysctls"))
            .orElse(List.of())) {
      if (item instanceof Node.Mapping m) {
        values.put(m.text("name").orElse(""), m.text("value").orElse(""));
      }
    }
    return values;
  }

  private Json sysctls(String section) {
    Json.Builder json = Json.object();
    Map<String, String> values = new LinkedHashMap<>();
    settings
        .at(section, "Linux", "Sysctl")
        .ifPresent(
            s -> s.asObject("Sysctl").members().forEach((k, v) -> values.put(k, v.asString(k))));
    values.putAll(podSysctls());
    values.forEach(json::put);
    return json.build();
  }

  /** Keys below {@code io.kubernetes.cri.} are containerd's own and are judged by the rules. */
  private Map<String, Json> annotations() {
    Map<String, Json> known = new LinkedHashMap<>();
    known.put(
        "io.katacontainers.pkg.oci.bundle_path",
        AgentText.like(AgentText.quote(PodPolicy.bundlePath(settings)) + "$(bundle-id)").toJson());
    known.put(
        "io.katacontainers.pkg.oci.container_type",
        AgentText.like("pod_(sandbox|container)").toJson());
    scope
        .workload()
        .pod()
        .annotations()
        .forEach((name, value) -> known.put(name, AgentText.exact(value).toJson()));
    known.put(PodPolicy.ANNOTATION, AgentText.like("[A-Za-z0-9+/=]*").toJson());
    return known;
  }

  private List<Json> patterns(ContainerSpec spec) {
    List<Json> patterns = new ArrayList<>();
    String path = spec.node().text("terminationMessagePath").orElse("/dev/termination-log");
    patterns.add(
        pattern(
            "^io\\.kubernetes\\.container\\.terminationMessagePath$",
            "^" + AgentText.quote(path) + "$"));
    patterns.add(
        pattern(
            "^io\\.kubernetes\\.container\\.terminationMessagePolicy$",
            "^" + spec.node().text("terminationMessagePolicy").orElse("File") + "$"));
    if (gpus(spec) > 0) {
      patterns.add(
          pattern(
              settings.text("", "devices", "vfio", "anno_key_regex"),
              settings.text("", "devices", "vfio", "nvidia", "gpu_anno_value_regex")));
    }
    return patterns;
  }

  private static Json pattern(String key, String value) {
    return Json.object().put("key", key).put("value", value).build();
  }

  private static List<Json> exec(ContainerSpec spec) {
    List<Json> commands = new ArrayList<>();
    for (String probe : PROBES) {
      command(spec.node().mapping(probe)).ifPresent(commands::add);
    }
    Optional<Node.Mapping> lifecycle = spec.node().mapping("lifecycle");
    for (String hook : List.of("postStart", "preStop")) {
      command(lifecycle.flatMap(l -> l.mapping(hook))).ifPresent(commands::add);
    }
    return commands;
  }

  private static Optional<Json> command(Optional<Node.Mapping> handler) {
    return handler
        .flatMap(h -> h.mapping("exec"))
        .map(
            e ->
                Json.strings(
                    e.items("command").stream()
                        .filter(Node.Scalar.class::isInstance)
                        .map(n -> ((Node.Scalar) n).value())
                        .toList()));
  }
}
