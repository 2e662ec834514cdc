// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern.convert;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.workload.images.Accounts;
import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.model.ContainerSpec;
import org.cofferdam.workload.model.Node;

/**
 * Who a container's process is and what it may do: the container's own {@code securityContext},
 * then the pod's, then the image, as the kubelet and the container runtime decide it.
 */
record ContainerSecurity(
    Accounts.Identity identity,
    boolean readOnlyRoot,
    boolean noNewPrivileges,
    List<String> capabilities) {
  /** What container runtimes give where nothing is said. */
  private static final List<String> DEFAULT_CAPABILITIES =
      List.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "NET_RAW",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");

  /** All that Linux has up to 6.12, capabilities(7). */
  private static final List<String> ALL_CAPABILITIES =
      Stream.concat(
              DEFAULT_CAPABILITIES.stream(),
              Stream.of(
                  "AUDIT_CONTROL",
                  "AUDIT_READ",
                  "BLOCK_SUSPEND",
                  "BPF",
                  "CHECKPOINT_RESTORE",
                  "DAC_READ_SEARCH",
                  "IPC_LOCK",
                  "IPC_OWNER",
                  "LEASE",
                  "LINUX_IMMUTABLE",
                  "MAC_ADMIN",
                  "MAC_OVERRIDE",
                  "NET_ADMIN",
                  "NET_BROADCAST",
                  "PERFMON",
                  "SYSLOG",
                  "SYS_ADMIN",
                  "SYS_BOOT",
                  "SYS_MODULE",
                  "SYS_NICE",
                  "SYS_PACCT",
                  "SYS_PTRACE",
                  "SYS_RAWIO",
                  "SYS_RESOURCE",
                  "SYS_TIME",
                  "SYS_TTY_CONFIG",
                  "WAKE_ALARM"))
          .toList();

  static ContainerSecurity of(Scope scope, ContainerSpec container, Image image) {
    Optional<Node.Mapping> own = container.node().mapping("securityContext");
    Optional<Node.Mapping> pod = scope.workload().pod().spec().mapping("securityContext");
    return new ContainerSecurity(
        identity(scope, container, own, pod, image),
        flag(own, "readOnlyRootFilesystem").orElse(false),
        !flag(own, "allowPrivilegeEscalation").orElse(true),
        capabilities(own.flatMap(m -> m.mapping("capabilities"))));
  }

  private static Accounts.Identity identity(
      Scope scope,
      ContainerSpec container,
      Optional<Node.Mapping> own,
      Optional<Node.Mapping> pod,
      Image image) {
    Optional<Long> uid = number(own, "runAsUser").or(() -> number(pod, "runAsUser"));
    Optional<Long> gid = number(own, "runAsGroup").or(() -> number(pod, "runAsGroup"));
    Accounts.Identity base;
    try {
      base =
          uid.isPresent()
              ? image.accounts().ofUid(uid.get())
              : image.accounts().resolve(image.configuration().user());
    } catch (MalformedEvidenceException e) {
      scope
          .notes()
          .error(
              "image-user",
              container.node(),
              "The image runs as '"
                  + image.configuration().user()
                  + "', which its files do not name.",
              "Set securityContext.runAsUser and runAsGroup.");
      base = new Accounts.Identity(0, 0, List.of());
    }
    boolean nonRoot = flag(own, "runAsNonRoot").or(() -> flag(pod, "runAsNonRoot")).orElse(false);
    if (nonRoot && base.uid() == 0) {
      scope
          .notes()
          .error(
              "runs-as-root",
              container.node(),
              "runAsNonRoot is set and the container would run as root.",
              "Set securityContext.runAsUser.");
    }
    TreeSet<Long> groups = new TreeSet<>(base.groups());
    number(pod, "fsGroup").ifPresent(groups::add);
    for (Node item : pod.map(m -> m.items("supplementalGroups")).orElse(List.of())) {
      if (item instanceof Node.Scalar s) {
        s.integer().ifPresent(i -> groups.add(i.longValue()));
      }
    }
    return new Accounts.Identity(base.uid(), gid.orElse(base.gid()), List.copyOf(groups));
  }

  private static List<String> capabilities(Optional<Node.Mapping> node) {
    TreeSet<String> names = new TreeSet<>(DEFAULT_CAPABILITIES);
    List<String> add = names(node, "add");
    List<String> drop = names(node, "drop");
    if (add.contains("ALL")) {
      names.addAll(ALL_CAPABILITIES);
    }
    if (drop.contains("ALL")) {
      names.clear();
    }
    drop.forEach(names::remove);
    add.stream().filter(n -> !n.equals("ALL")).forEach(names::add);
    return names.stream().map(n -> "CAP_" + n).toList();
  }

  private static List<String> names(Optional<Node.Mapping> node, String field) {
    return node.map(m -> m.items(field)).orElse(List.of()).stream()
        .filter(Node.Scalar.class::isInstance)
        .map(n -> ((Node.Scalar) n).value())
        .map(n -> n.startsWith("CAP_") ? n.substring("CAP_".length()) : n)
        .toList();
  }

  private static Optional<Boolean> flag(Optional<Node.Mapping> node, String field) {
    return node.flatMap(m -> m.get(field))
        .flatMap(n -> n instanceof Node.Scalar s ? s.bool() : Optional.empty());
  }

  private static Optional<Long> number(Optional<Node.Mapping> node, String field) {
    return node.flatMap(m -> m.get(field))
        .flatMap(n -> n instanceof Node.Scalar s ? s.integer() : Optional.empty())
        .map(BigInteger::longValue);
  }
}
