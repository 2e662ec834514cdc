// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.policy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.workload.images.Accounts;
import org.cofferdam.workload.model.ContainerSpec;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.pattern.convert.Scope;

/**
 * Who a container's process is, as kubelet and containerd decide it. Where the guest pulls the
 * image, the node never sees the image's users: what they imply must be stated in the manifest.
 *
 * @param uid number
 * @param gid number
 * @param groups all groups, the first one too
 */
record AgentIdentity(long uid, long gid, TreeSet<Long> groups) {

  static AgentIdentity of(
      Scope scope, ContainerSpec container, ImageFacts image, boolean mustBeStated) {
    Optional<Node.Mapping> own = container.node().mapping("securityContext");
    Optional<Node.Mapping> pod = scope.workload().pod().spec().mapping("securityContext");
    Optional<Long> user = number(own, "runAsUser").or(() -> number(pod, "runAsUser"));
    Optional<Long> group = number(own, "runAsGroup").or(() -> number(pod, "runAsGroup"));
    TreeSet<Long> stated = stated(pod);
    Accounts.Identity implied = implied(scope, container, image, user);
    List<String> unsaid = new ArrayList<>();
    if (user.isEmpty() && implied.uid() != 0) {
      unsaid.add("runAsUser: " + implied.uid());
    }
    if (group.isEmpty() && implied.gid() != 0) {
      unsaid.add("runAsGroup: " + implied.gid());
    }
    List<Long> missing = implied.groups().stream().filter(g -> !stated.contains(g)).toList();
    if (!missing.isEmpty()) {
      TreeSet<Long> all = new TreeSet<>(missing);
      items(pod).forEach(all::add);
      unsaid.add("supplementalGroups: " + all);
    }
    if (mustBeStated && !unsaid.isEmpty()) {
      scope
          .notes()
          .error(
              "user-unstated",
              container.node(),
              "The image decides who the process of '"
                  + container.name()
                  + "' is, and the node does not see the image that the guest pulls.",
              "Set in securityContext: " + String.join(", ", unsaid) + ".");
    }
    if (flag(own, "runAsNonRoot").or(() -> flag(pod, "runAsNonRoot")).orElse(false)
        && user.orElse(implied.uid()) == 0) {
      scope
          .notes()
          .error(
              "runs-as-root",
              container.node(),
              "runAsNonRoot is set and '" + container.name() + "' would run as root.",
              "Set securityContext.runAsUser.");
    }
    long gid = group.orElse(implied.gid());
    TreeSet<Long> groups = new TreeSet<>(stated);
    groups.addAll(implied.groups());
    groups.add(gid);
    return new AgentIdentity(user.orElse(implied.uid()), gid, groups);
  }

  /** Of the sandbox: the pod's own context, else the user of the pause image with its group. */
  static AgentIdentity ofSandbox(Scope scope, ImageFacts pause) {
    Optional<Node.Mapping> pod = scope.workload().pod().spec().mapping("securityContext");
    Optional<Long> user = number(pod, "runAsUser");
    Accounts.Identity implied =
        user.isPresent()
            ? pause.accounts().ofUid(user.get())
            : pause.accounts().resolve(pause.user());
    long gid = number(pod, "runAsGroup").orElse(implied.gid());
    TreeSet<Long> groups = stated(pod);
    groups.add(gid);
    return new AgentIdentity(user.orElse(implied.uid()), gid, groups);
  }

  /** An image's group goes unheard: the kubelet passes on the number of its user alone. */
  private static Accounts.Identity implied(
      Scope scope, ContainerSpec container, ImageFacts image, Optional<Long> user) {
    if (user.isPresent()) {
      return image.accounts().ofUid(user.get());
    }
    int colon = image.user().indexOf(':');
    try {
      return image.accounts().resolve(colon < 0 ? image.user() : image.user().substring(0, colon));
    } catch (MalformedEvidenceException e) {
      scope
          .notes()
          .error(
              "user-unstated",
              container.node(),
              "The image of '"
                  + container.name()
                  + "' runs as '"
                  + image.user()
                  + "', and no number is known for it.",
              "Set securityContext.runAsUser and runAsGroup.");
      return new Accounts.Identity(0, 0, List.of());
    }
  }

  private static TreeSet<Long> stated(Optional<Node.Mapping> pod) {
    TreeSet<Long> groups = new TreeSet<>(items(pod));
    number(pod, "fsGroup").ifPresent(groups::add);
    return groups;
  }

  private static List<Long> items(Optional<Node.Mapping> pod) {
    return pod.map(m -> m.items("supplementalGroups")).orElse(List.of()).stream()
        .flatMap(
            n ->
                n instanceof Node.Scalar s
                    ? s.integer().stream()
                    : Optional.<BigInteger>empty().stream())
        .map(BigInteger::longValue)
        .toList();
  }

  static Optional<Boolean> flag(Optional<Node.Mapping> node, String field) {
    return node.flatMap(m -> m.get(field))
        .flatMap(n -> n instanceof Node.Scalar s ? s.bool() : Optional.empty());
  }

  static Optional<Long> number(Optional<Node.Mapping> node, String field) {
    return node.flatMap(m -> m.get(field))
        .flatMap(n -> n instanceof Node.Scalar s ? s.integer() : Optional.empty())
        .map(BigInteger::longValue);
  }
}
