// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.policy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.images.Accounts;
import org.cofferdam.workload.model.ContainerSpec;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.pattern.OpenEntry;
import org.cofferdam.workload.pattern.convert.Scope;

/**
 * Makes the policy of a pod: the facts that the rules compare requests with, from the manifest, the
 * images and the settings of the cluster.
 */
public final class PodPolicy {
  /** Where Kata reads the init-data, which carries the policy. */
  public static final String ANNOTATION = "io.katacontainers.config.hypervisor.cc_init_data";

  private static final String GENERATED = "[bcdfghjklmnpqrstvwxz2456789]";
  private static final int NAME_ROOM = 47;
  private static final List<String> BY_SETTING =
      List.of(
          "CloseStdinRequest",
          "GetDiagnosticDataRequest",
          "ReadStreamRequest",
          "UpdateEphemeralMountsRequest",
          "WriteStreamRequest");

  private final Scope scope;
  private final PolicySettings settings;
  private final ImageFacts.Catalog images;
  private final SealedSecrets sealed;
  private final Mode mode;
  private final AgentContainer entries;

  public PodPolicy(
      Scope scope,
      PolicySettings settings,
      ImageFacts.Catalog images,
      SealedSecrets sealed,
      Mode mode) {
    this.scope = scope;
    this.settings = settings;
    this.images = images;
    this.sealed = sealed;
    this.mode = mode;
    this.entries = new AgentContainer(scope, settings);
  }

  /**
   * The facts; what stands in the way is in the notes of the scope, and then they are of no use.
   */
  public Json.Obj data() {
    List<Json> containers = containers();
    Set<String> allow = new TreeSet<>(mode.requests());
    BY_SETTING.stream()
        .filter(r -> settings.flag(false, "request_defaults", r))
        .forEach(allow::add);
    Json.Builder data =
        Json.object()
            .put("workload", scope.workload().id())
            .put("mode", mode.word())
            .put("lenient", !settings.strict())
            .put("oci_versions", Json.strings(versions()))
            .put("sandbox_name", sandboxName().toJson())
            .put("sandbox_id", sandboxId())
            .put("root_path", settings.text("", "common", "root_path"))
            .put("bundle_path", bundlePath(settings))
            .put("prefix", settings.common("sfprefix"))
            .put("storage_path", settings.common("spath"))
            .put(
                "log_directory",
                settings.text(
                    "^/var/log/pods/",
                    "pause_container",
                    "Annotations",
                    "io.kubernetes.cri.sandbox-log-directory"))
            .put("guest_pull", settings.guestPull())
            .put(
                "cgroup_extras",
                Json.strings(settings.texts("cluster_config", "cgroup_mount_extras_allowed")))
            .put(
                "env_patterns",
                Json.strings(
                    settings
                        .texts("request_defaults", "CreateContainerRequest", "allow_env_regex")
                        .stream()
                        .map(settings::filled)
                        .toList()))
            .put("allow", Json.strings(allow))
            .put("containers", Json.array(containers))
            .put("sandbox_storages", Json.array(settings.objects("sandbox", "storages")))
            .put("copy", copy())
            .put("exec", exec())
            .put("vfio", vfio())
            .put("interface", interfaces())
            .put("routes", routes())
            .put("arp", neighbours());
    namespace().ifPresent(n -> data.put("namespace", n));
    return data.build();
  }

  /** What the control plane can still do although this policy holds. */
  public List<OpenEntry> open() {
    List<OpenEntry> open = new ArrayList<>();
    open(
        open,
        "lifecycle",
        "It decides whether and when the pod and each of its containers start, and can stop them.");
    open(open, "replay", "It can start the same measured pod again, as often as it likes.");
    open(open, "network", "It carries all traffic, and reads and changes what is not encrypted.");
    open(
        open,
        "dns",
        "It writes resolv.conf and hosts, and answers the names that the pod looks up.");
    open(open, "time", "It runs the machine whose clock the guest starts with.");
    open(open, "resources", "It can slow the pod down or starve it.");
    if (!entries.uncovered().isEmpty()) {
      open(
          open,
          "volume-content",
          "It chooses what is in "
              + String.join(", ", entries.uncovered())
              + ": the policy knows the place of these files, not their content.");
    }
    if (!entries.chosenByNode().isEmpty()) {
      open(
          open,
          "env-downward",
          "It chooses the values of "
              + String.join(", ", new LinkedHashSet<>(entries.chosenByNode()))
              + ".");
    }
    open(
        open,
        "env-services",
        "It may add variables of the forms that the kubelet gives for Services, under names that the pod does not use.");
    if (scope
        .workload()
        .pod()
        .spec()
        .text("automountServiceAccountToken")
        .orElse("")
        .equals("false")) {
      entries.uncovered();
    } else {
      open(
          open,
          "service-account",
          "It hands out the service account's token, and can hand out another.");
    }
    if (!scope.workload().pod().initContainers().isEmpty()) {
      open(
          open,
          "init-cut-short",
          settings.strict()
              ? "It must start every init container first, but can end one before it is done."
              : "It can leave an init container out, or end it before it is done.");
    }
    if (namespace().isEmpty()) {
      open(open, "namespace", "It chooses the namespace: the manifest states none.");
    }
    if (entries.unpinned()) {
      open(open, "image", "It chooses the image behind a tag: not all images are named by digest.");
    }
    if (!settings.guestPull()) {
      open(open, "image-root", "It mounts the root file systems: the guest pulls no image itself.");
    }
    if (!settings.strict()) {
      open(open, "env-omitted", "It can leave variables of the environment out.");
    }
    if (mode != Mode.SEALED) {
      open(open, "output", "It reads what the containers print.");
    }
    if (mode == Mode.DEBUG) {
      open(open, "exec", "It runs any command in the containers.");
    }
    return open;
  }

  private static void open(List<OpenEntry> open, String id, String why) {
    open.add(new OpenEntry(id, why));
  }

  private List<Json> containers() {
    List<Json> containers = new ArrayList<>();
    ImageFacts pause =
        images
            .find(settings.text("", "cluster_config", "pause_container_image"))
            .orElse(
                new ImageFacts(
                    List.of("/pause"),
                    List.of(),
                    List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
                    "/",
                    "65535:65535",
                    List.of(),
                    Accounts.NONE,
                    Optional.empty()));
    containers.add(entries.sandbox(pause));
    List<String> before = new ArrayList<>();
    for (ContainerSpec spec : scope.workload().pod().initContainers()) {
      boolean sidecar = spec.node().text("restartPolicy").orElse("").equals("Always");
      add(containers, spec, sidecar ? "sidecar" : "init", before);
      before.add(spec.name());
    }
    for (ContainerSpec spec : scope.workload().pod().containers()) {
      add(containers, spec, "main", before);
    }
    return containers;
  }

  private void add(List<Json> containers, ContainerSpec spec, String kind, List<String> before) {
    Optional<ImageFacts> facts = images.find(spec.image());
    if (facts.isEmpty()) {
      scope
          .notes()
          .error(
              "image-unresolved",
              spec.node().get("image").orElse(spec.node()),
              "Of the image "
                  + spec.image()
                  + " nothing is known: neither digest nor what it runs.",
              "Give an OCI layout that has it, or its facts with --images.");
      return;
    }
    containers.add(entries.container(spec, facts.get(), kind, before, sealed));
  }

  private List<String> versions() {
    List<String> own = settings.texts("cofferdam", "oci_versions");
    return own.isEmpty() ? List.of(settings.text("1.1.0", "kata_config", "oci_version")) : own;
  }

  private Optional<String> namespace() {
    return scope.workload().document().root().mapping("metadata").flatMap(m -> m.text("namespace"));
  }

  private String sandboxId() {
    return settings.text(
        "^[a-z0-9]{64}$", "pause_container", "Annotations", "io.kubernetes.cri.sandbox-id");
  }

  /** The folder of bundles, as {@code bundle_path} of the settings has it. */
  static String bundlePath(PolicySettings settings) {
    return settings
        .text(
            "/run/containerd/io.containerd.runtime.v2.task/k8s.io/$(bundle-id)",
            "pause_container",
            "Annotations",
            "io.katacontainers.pkg.oci.bundle_path")
        .replace("$(bundle-id)", "");
  }

  /** How controllers name their pods. */
  private AgentText sandboxName() {
    Optional<Node.Mapping> metadata = scope.workload().document().root().mapping("metadata");
    Optional<String> name = metadata.flatMap(m -> m.text("name"));
    if (name.isEmpty()) {
      String prefix = metadata.flatMap(m -> m.text("generateName")).orElse("");
      String rest = scope.workload().kind().equals("Pod") ? "" : "[a-z0-9.\\-]*";
      return AgentText.like(AgentText.quote(prefix) + rest + GENERATED + "+");
    }
    String quoted = AgentText.quote(name.get()) + "-";
    if (name.get().length() > NAME_ROOM && !scope.workload().kind().equals("Pod")) {
      return AgentText.like(AgentText.quote(name.get().substring(0, NAME_ROOM)) + "[a-z0-9.\\-]*");
    }
    return switch (scope.workload().kind()) {
      case "Pod" -> AgentText.exact(name.get());
      case "Deployment" -> AgentText.like(quoted + GENERATED + "{1,10}-" + GENERATED + "{5}");
      case "StatefulSet" -> AgentText.like(quoted + "[0-9]+");
      case "CronJob" -> AgentText.like(quoted + "[0-9]+(-[0-9]+)?-" + GENERATED + "{5}");
      case "Job" -> AgentText.like(quoted + "([0-9]+-)?" + GENERATED + "{5}");
      default -> AgentText.like(quoted + GENERATED + "{5}");
    };
  }

  /** Strict: only files of the mounts that the pod has. */
  private Json copy() {
    List<String> prefixes =
        settings.texts("request_defaults", "CopyFileRequest").stream()
            .map(p -> settings.filled(p).replace("$(bundle-id)", "[a-z0-9]{64}"))
            .toList();
    Set<String> names = new TreeSet<>();
    entries.copied().forEach(n -> names.add(AgentText.quote(n)));
    String all = settings.strict() ? "^(" + String.join("|", names) + ")(/.*)?$" : "^.+$";
    return Json.object()
        .put("prefix", prefixes.isEmpty() ? "$.^" : String.join("|", prefixes))
        .put("names", all)
        .build();
  }

  private Json exec() {
    List<String> patterns =
        new ArrayList<>(settings.texts("request_defaults", "ExecProcessRequest", "regex"));
    if (mode == Mode.DEBUG) {
      patterns.add("");
    }
    return Json.object()
        .put("terminal", mode == Mode.DEBUG)
        .put(
            "commands",
            settings
                .at("request_defaults", "ExecProcessRequest", "allowed_commands")
                .orElse(Json.array(List.of())))
        .put("patterns", Json.strings(patterns))
        .build();
  }

  private Json vfio() {
    return Json.object()
        .put("path", settings.text("/dev/vfio/devices/vfio", "devices", "vfio", "device_path"))
        .put("annotation", settings.text("$.^", "devices", "vfio", "anno_key_regex"))
        .put("value", settings.text("$.^", "devices", "vfio", "nvidia", "gpu_anno_value_regex"))
        .put("type", settings.text("", "devices", "vfio", "nvidia", "gpu_gk_device_type"))
        .build();
  }

  private Json interfaces() {
    String section = "UpdateInterfaceRequest";
    return Json.object()
        .put("flags", settings.number(0, "request_defaults", section, "allow_raw_flags"))
        .put(
            "forbidden_names",
            Json.strings(settings.texts("request_defaults", section, "forbidden_names")))
        .put(
            "forbidden_addresses",
            Json.strings(settings.texts("request_defaults", section, "forbidden_hw_addrs")))
        .build();
  }

  private Json routes() {
    String section = "UpdateRoutesRequest";
    return Json.object()
        .put(
            "forbidden_devices",
            Json.strings(settings.texts("request_defaults", section, "forbidden_device_names")))
        .put(
            "forbidden_sources",
            Json.strings(settings.texts("request_defaults", section, "forbidden_source_regex")))
        .build();
  }

  private Json neighbours() {
    String section = "AddARPNeighborsRequest";
    return Json.object()
        .put(
            "forbidden_devices",
            Json.strings(settings.texts("request_defaults", section, "forbidden_device_names")))
        .put(
            "forbidden_addresses",
            Json.strings(settings.texts("request_defaults", section, "forbidden_cidrs_regex")))
        .put(
            "states",
            settings
                .at("request_defaults", section, "allowed_states")
                .orElse(Json.array(List.of())))
        .build();
  }
}
