// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads a Compose file (compose-spec; Swarm stacks have the same form): each service becomes the
 * pod that would do the same. Keys that say nothing of the container's inside are passed over by
 * name; a key that is on no list is carried into the pod, where it is reported as unknown.
 */
final class ComposeReader {
  static final String KIND = "ComposeService";

  /** Known, and without a meaning for what runs inside or who can reach it. */
  private static final Set<String> PASSED_OVER =
      Set.of(
          "annotations",
          "attach",
          "blkio_config",
          "build",
          "cgroup",
          "cgroup_parent",
          "container_name",
          "cpu_count",
          "cpu_percent",
          "cpu_period",
          "cpu_quota",
          "cpu_rt_period",
          "cpu_rt_runtime",
          "cpu_shares",
          "cpus",
          "cpuset",
          "credential_spec",
          "depends_on",
          "develop",
          "domainname",
          "expose",
          "extends",
          "external_links",
          "group_add",
          "init",
          "isolation",
          "label_file",
          "labels",
          "links",
          "logging",
          "mac_address",
          "mem_reservation",
          "mem_swappiness",
          "memswap_limit",
          "networks",
          "oom_kill_disable",
          "oom_score_adj",
          "pids_limit",
          "post_start",
          "pre_stop",
          "profiles",
          "provider",
          "pull_policy",
          "restart",
          "runtime",
          "scale",
          "security_opt",
          "shm_size",
          "stop_grace_period",
          "stop_signal",
          "storage_opt",
          "ulimits",
          "userns_mode",
          "uts",
          "volumes_from",
          "models",
          "use_api_socket",
          "gpus");

  private final Node.Mapping service;
  private final Made container;
  private final Made spec;
  private final Made security;
  private final Volumes volumes = new Volumes();
  private boolean secured;

  private ComposeReader(Node.Mapping service) {
    this.service = service;
    this.container = Made.object(service);
    this.spec = Made.object(service);
    this.security = Made.object(service);
  }

  /** A mapping of services whose values are mappings, and no Kubernetes object. */
  static boolean recognises(Document document) {
    return document
        .root()
        .mapping("services")
        .filter(s -> s.members().values().stream().allMatch(m -> m.value() instanceof Node.Mapping))
        .filter(s -> s.members().values().stream().anyMatch(m -> runs((Node.Mapping) m.value())))
        .isPresent();
  }

  private static boolean runs(Node.Mapping service) {
    return Stream.of("image", "build", "extends", "provider")
        .anyMatch(k -> service.get(k).isPresent());
  }

  /** One workload a service, in the order of the text. */
  static List<Workload> workloads(Document document) {
    List<Workload> workloads = new ArrayList<>();
    document
        .root()
        .mapping("services")
        .ifPresent(
            services ->
                services
                    .members()
                    .forEach(
                        (name, member) -> {
                          if (member.value() instanceof Node.Mapping service) {
                            workloads.add(new ComposeReader(service).read(document, name));
                          }
                        }));
    return workloads;
  }

  private Workload read(Document document, String name) {
    container.put("name", name.replace('_', '-'));
    service
        .text("image")
        .or(() -> service.get("build").map(b -> name))
        .ifPresent(i -> container.put("image", at("image", i)));
    service
        .members()
        .forEach(
            (key, member) -> {
              if (!member.value().isNull()) {
                key(key, member.value());
              }
            });
    if (secured) {
      container.put("securityContext", security);
    }
    volumes.into(service, container, spec);
    spec.put("containers", Made.list(service, List.of(container.build())));
    return Made.workload(document.source(), document.index(), KIND, name, spec, service);
  }

  private Node at(String key, String value) {
    return Made.text(service.get(key).orElse(service), value);
  }

  private void key(String key, Node value) {
    switch (key) {
      case "image" -> {}
      case "command" -> container.put("args", Made.texts(value, words(value)));
      case "entrypoint" -> container.put("command", Made.texts(value, words(value)));
      case "environment" -> container.put("env", environment(value));
      case "env_file" -> container.put("envFrom", envFiles(value));
      case "ports" -> container.put("ports", ports(value));
      case "volumes" -> items(value).forEach(this::volume);
      case "tmpfs" -> words(value).forEach(t -> volumes.memory(value, t.split(":", 2)[0]));
      case "devices" -> items(value).forEach(d -> volumes.add(d, source(d), source(d), false));
      case "secrets" ->
          items(value).forEach(s -> given(s, "secret", "secretName", "/run/secrets/"));
      case "configs" -> items(value).forEach(c -> given(c, "configMap", "name", "/"));
      case "privileged" -> secure("privileged", value);
      case "read_only" -> secure("readOnlyRootFilesystem", value);
      case "user" -> user(value);
      case "cap_add" -> capabilities("add", value);
      case "cap_drop" -> capabilities("drop", value);
      case "network_mode" -> host(value, "hostNetwork");
      case "pid" -> host(value, "hostPID");
      case "ipc" -> host(value, "hostIPC");
      case "working_dir" -> container.put("workingDir", value);
      case "hostname" -> spec.put("hostname", value);
      case "tty" -> container.put("tty", value);
      case "stdin_open" -> container.put("stdin", value);
      case "healthcheck" -> healthcheck(value);
      case "mem_limit" -> memory(value);
      case "deploy" -> deploy(value);
      case "platform" -> platform(value);
      case "extra_hosts" -> spec.put("hostAliases", Made.list(value, List.of()));
      case "dns", "dns_search", "dns_opt" -> spec.put("dnsConfig", Made.object(value));
      case "sysctls" ->
          spec.put(
              "securityContext", Made.object(value).put("sysctls", Made.list(value, List.of())));
      case "device_cgroup_rules" -> secure("privileged", Made.plain(value, "true"));
      default -> {
        if (!PASSED_OVER.contains(key) && !key.startsWith("x-")) {
          container.put(key, value);
        }
      }
    }
  }

  private void secure(String field, Node value) {
    security.put(field, value);
    secured = true;
  }

  private void user(Node value) {
    String id = text(value).split(":", 2)[0];
    if (id.matches("[0-9]{1,9}")) {
      secure("runAsUser", Made.plain(value, id));
    }
  }

  private void capabilities(String field, Node value) {
    Node.Mapping before = security.build().mapping("capabilities").orElse(null);
    Made both = Made.object(value);
    if (before != null) {
      before.members().forEach((k, m) -> both.put(k, m.value()));
    }
    secure("capabilities", both.put(field, Made.texts(value, words(value))).build());
  }

  private void host(Node value, String field) {
    if (text(value).equals("host")) {
      spec.put(field, Made.plain(value, "true"));
    }
  }

  private void healthcheck(Node value) {
    if (value instanceof Node.Mapping check && check.get("test").isPresent()) {
      Node test = check.get("test").orElseThrow();
      List<String> words = new ArrayList<>(words(test));
      if (test instanceof Node.Sequence && !words.isEmpty()) {
        words.removeFirst();
      }
      container.put(
          "livenessProbe",
          Made.object(test).put("exec", Made.object(test).put("command", Made.texts(test, words))));
    }
  }

  private void deploy(Node value) {
    if (!(value instanceof Node.Mapping deploy)) {
      return;
    }
    deploy.at("resources", "limits", "memory").ifPresent(this::memory);
    deploy
        .at("resources", "reservations", "devices")
        .ifPresent(
            devices ->
                container.put(
                    "resources",
                    Made.object(devices)
                        .put("limits", Made.object(devices).put("nvidia.com/gpu", "1"))));
  }

  private void memory(Node value) {
    String written = text(value).replaceFirst("(?i)b$", "");
    String suffix = written.replaceFirst("^[0-9.]*", "");
    String unit =
        Map.of("k", "Ki", "m", "Mi", "g", "Gi")
            .getOrDefault(suffix.toLowerCase(Locale.ROOT), suffix);
    container.put(
        "resources",
        Made.object(value)
            .put(
                "limits",
                Made.object(value)
                    .put(
                        "memory",
                        written.substring(0, written.length() - suffix.length()) + unit)));
  }

  private void platform(Node value) {
    String[] parts = text(value).split("/", -1);
    Made selector = Made.object(value).put("kubernetes.io/os", parts[0]);
    if (parts.length > 1) {
      selector.put("kubernetes.io/arch", parts[1]);
    }
    spec.put("nodeSelector", selector);
  }

  private void volume(Node item) {
    if (item instanceof Node.Mapping volume) {
      String target = volume.text("target").orElse("/");
      switch (volume.text("type").orElse("volume")) {
        case "tmpfs" -> volumes.memory(item, target);
        case "bind", "npipe" ->
            volumes.add(item, "/" + volume.text("source").orElse(""), target, false);
        default ->
            volume
                .text("source")
                .ifPresentOrElse(
                    s -> volumes.add(item, s, target, false),
                    () -> volumes.anonymous(item, target));
      }
    } else {
      volumes.add(item, text(item));
    }
  }

  private static String source(Node item) {
    return item instanceof Node.Mapping m
        ? m.text("source").orElse("/dev")
        : text(item).split(":", 2)[0];
  }

  private void given(Node item, String kind, String field, String folder) {
    String name = item instanceof Node.Mapping m ? m.text("source").orElse("unnamed") : text(item);
    String target =
        item instanceof Node.Mapping m ? m.text("target").orElse(folder + name) : folder + name;
    volumes.add(item, kind, Made.object(item).put(field, name), target, true);
  }

  private static Node environment(Node value) {
    List<Node> variables = new ArrayList<>();
    if (value instanceof Node.Mapping map) {
      map.members().forEach((name, m) -> variables.add(variable(m.value(), name, m.value())));
    } else {
      for (Node item : items(value)) {
        String[] parts = text(item).split("=", 2);
        variables.add(
            variable(
                item,
                parts[0],
                parts.length == 2 ? Made.text(item, parts[1]) : Made.plain(item, "")));
      }
    }
    return Made.list(value, variables);
  }

  /** A variable without a value comes from the shell that starts Compose. */
  private static Node variable(Node at, String name, Node value) {
    Made variable = Made.object(at).put("name", name);
    if (value.isNull()) {
      return variable
          .put(
              "valueFrom",
              Made.object(at)
                  .put(
                      "configMapKeyRef",
                      Made.object(at).put("name", "environment-of-the-shell").put("key", name)))
          .build();
    }
    return variable.put("value", Made.text(at, text(value))).build();
  }

  private static Node envFiles(Node value) {
    List<Node> from = new ArrayList<>();
    for (Node item : value instanceof Node.Sequence s ? s.items() : List.of(value)) {
      String path = item instanceof Node.Mapping m ? m.text("path").orElse("") : text(item);
      from.add(Made.object(item).put("configMapRef", Made.object(item).put("name", path)).build());
    }
    return Made.list(value, from);
  }

  private static Node ports(Node value) {
    List<Node> ports = new ArrayList<>();
    for (Node item : items(value)) {
      String written =
          item instanceof Node.Mapping m
              ? m.text("target").orElse("")
              : text(item).split("/", 2)[0];
      String target = written.substring(written.lastIndexOf(':') + 1);
      if (target.matches("[1-9][0-9]{0,4}") && Integer.parseInt(target) <= 65535) {
        ports.add(Made.object(item).put("containerPort", Made.plain(item, target)).build());
      }
    }
    return Made.list(value, ports);
  }

  private static List<Node> items(Node value) {
    return value instanceof Node.Sequence s
        ? s.items().stream().filter(i -> !i.isNull()).toList()
        : List.of();
  }

  private static List<String> words(Node value) {
    return value instanceof Node.Sequence s
        ? s.items().stream().map(ComposeReader::text).toList()
        : CommandLineText.split(text(value));
  }

  private static String text(Node value) {
    return value instanceof Node.Scalar s ? s.value() : "";
  }
}
